import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type ModelServer, startModelServer } from "@/e2e/model-server";
import { dataMap } from "@/lib/data-map";
import { newId } from "@/lib/id";
import { jobHandlers } from "@/lib/job-handlers";
import { chooseStrategy } from "@/lib/memory";
import { keyOf } from "@/lib/privacy";
import { promptFor } from "./facts-for-tests";
import { correctFact, forgetFact, listOwnFacts, listOwnMemory } from "./index";
import { countSearched, listForgotten, listKeys, openRedis } from "./store-for-tests";
import { newCaller, say, scripted } from "./testing";

// Two conversations of many turns, each with its jobs.
vi.setConfig({ testTimeout: 90_000 });

/** A word that nobody says by chance. */
const CANARY = "quokkawool";
const admin = { kind: "staff", id: newId(), keyEpoch: 1, role: "admin", name: "Noor" } as const;
const filler = "The weather on the fells was wet and the path was long. ".repeat(12);

let server: ModelServer;

beforeAll(async () => {
  server = await startModelServer();
});

afterAll(async () => {
  await server.close();
});

type Caller = Awaited<ReturnType<typeof newCaller>>;

async function runJobs(conversationId: string): Promise<void> {
  await jobHandlers.facts({ conversationId });
  await jobHandlers.fold({ conversationId });
  await jobHandlers.summarize({ conversationId });
}

/** Where the word stands in what any table holds of the customer, opened as an export opens it: `table id`. */
async function tablesWith(caller: Caller): Promise<string[]> {
  const key = await keyOf(caller);
  const found: string[] = [];
  for (const { name, collect } of dataMap) {
    for await (const row of collect?.(caller.id, key) ?? []) {
      if (JSON.stringify(row).toLowerCase().includes(CANARY)) {
        found.push(`${name} ${(row as { id?: string }).id ?? ""}`);
      }
    }
  }
  return found;
}

async function redisWith(caller: Caller, conversationIds: string[]): Promise<string[]> {
  const opened = await Promise.all(conversationIds.map((id) => openRedis(caller, id)));
  return opened.flat().flatMap(({ at, text }) => (text.includes(CANARY) ? [at] : []));
}

/** Two conversations that are full of the word: said, repeated by the assistant, folded, summarised, in the graph. */
async function plant(caller: Caller): Promise<string[]> {
  const [first, second] = [newId(), newId()];
  await say(caller, first, `I prefer ${CANARY}.`);
  for (let turn = 0; turn < 4; turn += 1) {
    await say(caller, first, `How long does delivery to Norway take? (${turn}) ${filler}`);
  }
  await runJobs(first);
  await say(caller, second, "Hello!");
  await chooseStrategy(admin, { conversationId: second, strategy: "kg" });
  await say(caller, second, `I own a ${CANARY} jacket.`);
  const name = `t${newId()}`;
  server.script({ steps: [{ text: `For you, something of ${CANARY}, of course.` }] }, name);
  const endpoint = scripted(server.of(name));
  await say(caller, second, "What do I prefer?", { endpoint });
  expect(JSON.stringify(server.requests(name))).toContain(CANARY);
  await runJobs(second);
  return [first, second];
}

async function expectPlanted(caller: Caller, conversationIds: string[]): Promise<void> {
  const tables = new Set((await tablesWith(caller)).map((at) => at.split(" ")[0]));
  expect([...tables].sort()).toEqual(["CaseSummary", "Conversation", "Fact", "Memory", "Message"]);
  const redis = await redisWith(caller, conversationIds);
  expect(redis).toContain("events");
  expect(redis).toContain("tail");
  expect(await countSearched(caller.id, CANARY)).toBeGreaterThan(2);
}

/** The record keeps what was said for its customer to read; nobody else reads what is marked as forgotten. */
async function expectForgotten(caller: Caller, conversationIds: string[]): Promise<void> {
  const left = await tablesWith(caller);
  const messages = left.filter((at) => at.startsWith("Message "));
  expect(left).toEqual(messages);
  const ids = messages.map((at) => at.slice("Message ".length));
  expect((await listForgotten(ids)).sort()).toEqual(ids.sort());
  expect(await redisWith(caller, conversationIds)).toEqual([]);
  expect(await countSearched(caller.id, CANARY)).toBe(0);
  expect(JSON.stringify(await listOwnFacts(caller))).not.toContain(CANARY);
  expect(JSON.stringify(await listOwnMemory(caller, null))).not.toContain(CANARY);
}

async function expectNowhereAnew(caller: Caller, conversationIds: string[]): Promise<void> {
  await Promise.all(conversationIds.map(runJobs));
  expect(
    await promptFor(server, caller, "What do you know about me? What do I prefer?"),
  ).not.toContain(CANARY);
  for (const conversationId of conversationIds) {
    const asked = await promptFor(
      server,
      caller,
      "What jacket do I own, and what do I prefer?",
      conversationId,
    );
    expect(asked).not.toContain(CANARY);
    // The copies were made anew, and are as clean.
    expect(await listKeys(conversationId)).toContain("tail");
    await runJobs(conversationId);
  }
  await expectForgotten(caller, conversationIds);
}

test("a planted word that its customer has forgotten stands in no table, copy, index, log or prompt afterwards", async () => {
  const caller = await newCaller();
  const conversationIds = await plant(caller);
  await expectPlanted(caller, conversationIds);
  const fact = (await listOwnFacts(caller)).find(({ value }) => value === CANARY);
  expect(await forgetFact(caller, fact?.id ?? "")).toBeGreaterThan(3);
  await expectForgotten(caller, conversationIds);
  await expectNowhereAnew(caller, conversationIds);
});

test("a planted word that is corrected is as forgotten, and what it was corrected to is known", async () => {
  const caller = await newCaller();
  const conversationIds = await plant(caller);
  const fact = (await listOwnFacts(caller)).find(({ value }) => value === CANARY);
  await correctFact(caller, { factId: fact?.id ?? "", text: "linen" });
  await expectForgotten(caller, conversationIds);
  await expectNowhereAnew(caller, conversationIds);
  expect(await promptFor(server, caller, "What do I prefer?")).toContain("Customer prefers linen.");
});
