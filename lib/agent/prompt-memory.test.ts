import { expect, test } from "vitest";
import { hardLimitTokens } from "@/lib/memory";
import type { PromptBlock, RecordedMessage, RecordedRole } from "@/lib/memory/schema";
import { asRedacted } from "@/lib/privacy";
import { promptMemory } from "./prompt-memory";

function said(seq: number, role: RecordedRole): RecordedMessage {
  const text = asRedacted(`${role} ${seq}`);
  return {
    id: `m${seq}`,
    seq,
    role,
    speaker: role,
    text,
    tokens: 2,
    createdAt: new Date(0).toISOString(),
  };
}

const turns = Array.from({ length: 8 }, (_, turn) => [
  said(turn * 2 + 1, "customer"),
  said(turn * 2 + 2, "assistant"),
]).flat();

const memoryOf = (tail: RecordedMessage[]): { promptBlock: () => PromptBlock } => ({
  promptBlock: () => ({
    summary: asRedacted("The customer is Sarah."),
    ledger: [{ kind: "name", value: asRedacted("Sarah"), seq: 1 }],
    recalled: [],
    tail,
    tokens: 99,
  }),
});

test("with memory on, the agent is shown all that is remembered", () => {
  const block = promptMemory(memoryOf(turns), true);
  expect(block).toMatchObject({ summary: "The customer is Sarah.", tokens: 99 });
  expect(block.tail).toEqual(turns);
});

test("with memory off, the agent is shown the newest five turns and nothing that was remembered before", () => {
  const block = promptMemory(memoryOf(turns), false);
  expect(block).toMatchObject({ summary: null, ledger: [], tokens: 20 });
  expect(block.tail).toEqual(turns.slice(-10));
});

test("with memory off, a question sent in several messages is one turn and is never cut", () => {
  const asked = [...turns, said(17, "customer"), said(18, "customer")];
  expect(promptMemory(memoryOf(asked), false).tail).toEqual(asked.slice(-10));
  const only = [said(1, "customer")];
  expect(promptMemory(memoryOf(only), false).tail).toEqual(only);
});

test("what is known from other conversations takes its part of the memory's limit", () => {
  const limits: (number | undefined)[] = [];
  const memory = {
    promptBlock: (limit?: number) => {
      limits.push(limit);
      return memoryOf(turns).promptBlock();
    },
  };
  promptMemory(memory, true);
  promptMemory(memory, true, { besideTokens: 120 });
  expect(limits).toEqual([hardLimitTokens(), hardLimitTokens() - 120]);
});
