import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { type ModelServer, startModelServer } from "@/e2e/model-server";
import type { CustomerCaller } from "@/lib/auth/schema";
import { acceptMessage, claimTurn, findOwnConversation } from "@/lib/conversation";
import { dataMap } from "@/lib/data-map";
import { newId } from "@/lib/id";
import { jobHandlers } from "@/lib/job-handlers";
import {
  afterRemoval,
  anonymizeUserId,
  appendAudit,
  keyOf,
  listAudit,
  openRequest,
  previewErasure,
  releaseHold,
  removeConversation,
  runErasure,
  setHold,
} from "@/lib/privacy";
import { factsOf, promptFor, talk } from "./facts-for-tests";
import {
  clearAgentMemory,
  clearLater,
  deleteConversation,
  listOwnMemory,
  previewClearing,
  previewDeletion,
} from "./index";
import { countSearched, listJobs, listKeys } from "./store-for-tests";
import { newCaller, testLimits } from "./testing";
import { runTurn } from "./turn";

// Each test is several conversations.
vi.setConfig({ testTimeout: 60_000 });

let server: ModelServer;
const lead = { kind: "staff", id: newId(), keyEpoch: 1, role: "lead", name: "Noor" } as const;
const LATER = () => new Date(Date.now() + 120_000);

beforeAll(async () => {
  server = await startModelServer();
});

afterAll(async () => {
  await server.close();
});

async function exported(caller: CustomerCaller, name: string): Promise<string> {
  const rows: unknown[] = [];
  const entry = dataMap.find((each) => each.name === name);
  for await (const row of entry?.collect?.(caller.id, await keyOf(caller)) ?? []) {
    rows.push(row);
  }
  return JSON.stringify(rows);
}

async function written(caller: CustomerCaller, action: string) {
  await appendAudit();
  const { entries } = await listAudit({ limit: 200 });
  const pseudonym = anonymizeUserId(caller.id);
  return entries.filter((each) => each.anonymizedUser === pseudonym && each.action === action);
}

describe("a customer deletes a conversation", () => {
  test("its words, memory, summaries and facts are gone everywhere, and the other conversation is whole", async () => {
    const caller = await newCaller();
    const { conversationId } = await talk(
      caller,
      "I prefer quokkawool. My order is 4711000, write to kim@example.com.",
    );
    const other = await talk(caller, "I live in Oslo. Call 555-123-4567.");
    await jobHandlers.summarize({ conversationId });
    await jobHandlers.fold({ conversationId });
    expect(await previewDeletion(caller, conversationId)).toMatchObject({ messages: 2, facts: 1 });
    expect(await countSearched(caller.id, "quokkawool")).toBeGreaterThan(0);

    await deleteConversation(caller, conversationId);

    expect(await findOwnConversation(caller, conversationId)).toBeNull();
    expect(await factsOf(caller)).toEqual(["lives in Oslo"]);
    expect(await countSearched(caller.id, "quokkawool")).toBe(0);
    expect(await listKeys(conversationId)).toEqual(["gone"]);
    const { rows } = await listOwnMemory(caller, null);
    expect(rows.map((each) => each.conversationId)).toEqual([other.conversationId]);
    const prompt = await promptFor(server, caller, "What do I prefer? Which order did I mention?");
    expect(prompt).not.toContain("quokkawool");
    expect(prompt).not.toContain("4711000");
    expect(await listJobs(conversationId)).toEqual([
      { name: "clear", data: { conversationId, customerId: caller.id } },
    ]);
    expect(await written(caller, "conversation_deleted")).toMatchObject([
      { actor: "customer", metadata: { conversationId, reason: "customer_asked" } },
    ]);
  });

  test("values that only this conversation held leave the vault, others stay", async () => {
    const caller = await newCaller();
    const { conversationId } = await talk(caller, "Write to kim@example.com or call 555-123-4567.");
    const other = await talk(caller, "You have my number, 555-123-4567.");
    await deleteConversation(caller, conversationId);
    const removed = { conversationId, customerId: caller.id };
    // A value that was kept a moment ago may belong to a message that is being stored.
    await afterRemoval(removed, new Date());
    expect(await exported(caller, "Vault")).toContain("kim@example.com");
    await afterRemoval(removed, LATER());
    const vault = await exported(caller, "Vault");
    expect(vault).not.toContain("kim@example.com");
    expect(vault).toContain("555-123-4567");
    const found = await findOwnConversation(caller, other.conversationId);
    expect(found?.messages[0]?.text).toContain("555-123-4567");
  });

  test("an answer that was being written is not stored, and the runner ends", async () => {
    const caller = await newCaller();
    const conversationId = newId();
    const { turnId } = await acceptMessage(caller, {
      id: newId(),
      conversationId,
      text: "Hello there",
    });
    const turn = await claimTurn("test-runner", turnId ?? "");
    if (!turn) {
      throw new Error("Nothing to answer");
    }
    await deleteConversation(caller, conversationId);
    const result = await runTurn(turn, { endpoint: null, limits: testLimits, wordDelayMs: 0 });
    expect(result.outcome).not.toBe("done");
    expect(await findOwnConversation(caller, conversationId)).toBeNull();
    expect(await listKeys(conversationId)).toEqual(["gone"]);
  });

  test("what a legal hold keeps, by itself or with all of its customer, is not theirs to delete", async () => {
    const caller = await newCaller();
    const { conversationId } = await talk(caller, "I prefer quokkawool.");
    const admin = { id: newId() };
    const holdId = await setHold(admin, { reason: "complaint", conversationId });
    const held = { code: "conversation_held" };
    await expect(deleteConversation(caller, conversationId)).rejects.toMatchObject(held);
    expect(await findOwnConversation(caller, conversationId)).not.toBeNull();
    await releaseHold(admin, { holdId, reason: "settled" });
    await setHold(admin, { reason: "complaint", customerId: caller.id });
    await expect(deleteConversation(caller, conversationId)).rejects.toMatchObject(held);
  });

  test("another customer cannot, is told what an absent one is told, and the owner still can", async () => {
    const [caller, other] = [await newCaller(), await newCaller()];
    const { conversationId } = await talk(caller, "Hello");
    expect(await previewDeletion(other, conversationId)).toBeNull();
    for (const id of [conversationId, newId()]) {
      await expect(deleteConversation(other, id)).rejects.toMatchObject({ code: "not_found" });
    }
    await deleteConversation(caller, conversationId);
  });

  test("the job that clears up names the customer, and goes with them when they are erased before it ran", async () => {
    const caller = await newCaller();
    const { conversationId } = await talk(caller, "Hello");
    await deleteConversation(caller, conversationId);
    const jobs = async () =>
      (await previewErasure(caller.id, dataMap)).stores.find(({ name }) => name === "Jobs")?.found;
    expect(await jobs()).toBe(1);
    const ask = { openedBy: "customer", openedById: caller.id, reason: "asked_online" } as const;
    const { id } = await openRequest({ kind: "erasure", customerId: caller.id, ...ask });
    await runErasure(id, dataMap);
    expect(await listJobs(conversationId)).toEqual([]);
  });
});

test("a conversation whose days are over goes the same way, with the job behind it", async () => {
  const caller = await newCaller();
  const { conversationId } = await talk(caller, "Hello");
  const over = { reason: "retention", actor: "system", enqueue: clearLater } as const;
  await removeConversation({ conversationId, ...over });
  expect(await findOwnConversation(caller, conversationId)).toBeNull();
  expect((await listJobs(conversationId)).map(({ name }) => name)).toEqual(["clear"]);
  expect(await written(caller, "conversation_deleted")).toMatchObject([
    { actor: "system", metadata: { reason: "retention" } },
  ]);
});

describe("a lead clears the agent's memory of one conversation", () => {
  test("the agent begins anew there, the transcript stays, and the act is in the audit log", async () => {
    const caller = await newCaller();
    const { conversationId } = await talk(caller, "I prefer quokkawool. My order is 4711000.");
    await talk(caller, "I live in Oslo.");
    await jobHandlers.summarize({ conversationId });
    await jobHandlers.fold({ conversationId });
    expect(await previewClearing(lead, conversationId)).toMatchObject({ remembered: 3, facts: 1 });
    expect(await clearAgentMemory(lead, conversationId)).toBe(3);
    expect(await previewClearing(lead, conversationId)).toMatchObject({
      messages: 2,
      remembered: 0,
      summaries: 0,
      facts: 0,
    });
    const prompt = await promptFor(server, caller, "What do I prefer?", conversationId);
    expect(prompt).not.toContain("quokkawool");
    expect(await factsOf(caller)).toEqual(["lives in Oslo"]);
    expect(await countSearched(caller.id, "quokkawool")).toBe(0);
    const found = await findOwnConversation(caller, conversationId);
    expect(found?.messages[0]?.text).toContain("quokkawool");
    expect(await written(caller, "agent_memory_cleared")).toMatchObject([
      { actor: lead.id, metadata: { conversationId, count: 3 } },
    ]);
  });

  test("of a conversation that is not there is refused", async () => {
    await expect(clearAgentMemory(lead, newId())).rejects.toMatchObject({ code: "not_found" });
    expect(await previewClearing(lead, newId())).toBeNull();
  });
});
