import { afterAll, beforeAll, expect, test } from "vitest";
import { acceptMessage, claimTurn, failTurn, sweepTurns } from "@/lib/conversation";
import { newId } from "@/lib/id";
import { answerSoon, startRunner, stopRunner } from "./runner";
import { lastAnswer, newCaller } from "./testing";

// The sweep answers whatever it finds, and the tests before this one left turns that nobody was to answer.
beforeAll(async () => {
  for (const turnId of await sweepTurns(1_000)) {
    const turn = await claimTurn("left-over", turnId);
    await (turn && failTurn(turn, "left_over"));
  }
});

afterAll(stopRunner);

async function answered(caller: Awaited<ReturnType<typeof newCaller>>, conversationId: string) {
  for (let tries = 0; tries < 300; tries += 1) {
    const { answer, state } = await lastAnswer(caller, conversationId);
    if (state === "final") {
      return answer;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("Nobody answered");
}

async function ask(text: string) {
  const caller = await newCaller();
  const conversationId = newId();
  const { turnId } = await acceptMessage(caller, { id: newId(), conversationId, text });
  return { caller, conversationId, turnId };
}

test("a message is answered at once, while the request that sent it is long over", async () => {
  const { caller, conversationId, turnId } = await ask("Who are you?");
  answerSoon(turnId);
  expect(await answered(caller, conversationId)).toContain("automatic assistant");
});

test("nothing to answer is nothing to do", () => {
  expect(() => answerSoon(null)).not.toThrow();
});

test("a turn that nobody was told of is found by the sweep", async () => {
  const { caller, conversationId } = await ask("Hello there");
  startRunner();
  expect(await answered(caller, conversationId)).toContain("Hello");
});

test("a message sent while another is being answered is answered too, without anybody asking again", async () => {
  const { caller, conversationId, turnId } = await ask("Who are you?");
  answerSoon(turnId);
  await acceptMessage(caller, { id: newId(), conversationId, text: "My name is Sarah" });
  for (let tries = 0; tries < 300; tries += 1) {
    const { messages } = await lastAnswer(caller, conversationId);
    const told = messages.findIndex(({ text }) => text.startsWith("My name is"));
    if (
      messages.slice(told + 1).some(({ role, state }) => role === "assistant" && state === "final")
    ) {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("The second message was not answered");
});
