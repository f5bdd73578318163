import { expect, test } from "vitest";
import { dataMap } from "@/lib/data-map";
import { newId } from "@/lib/id";
import { jobHandlers } from "@/lib/job-handlers";
import { chooseStrategy, prepareMemory } from "@/lib/memory";
import { keyOf } from "@/lib/privacy";
import { readRecord, readRecordBefore } from "./read-record";
import { newCaller, say } from "./testing";

const admin = { kind: "staff", id: newId(), keyEpoch: 1, role: "admin", name: "Noor" } as const;

/** Sarah of the mobile team talks, under the graph, until her first words are long past. */
async function talked() {
  const caller = await newCaller();
  const conversationId = newId();
  const said = (text: string) => say(caller, conversationId, text);
  await said("My name is Sarah. I am an engineer at TechCorp. I work in the mobile team.");
  await chooseStrategy(admin, { conversationId, strategy: "kg" });
  await said("My manager is John Davis.");
  for (let turn = 0; turn < 4; turn += 1) {
    await said(`How long does delivery to Norway take? (${turn})`);
  }
  await jobHandlers.fold({ conversationId });
  return { caller, conversationId, key: await keyOf(caller), said };
}

const rowsOf = async ({ caller, key }: Awaited<ReturnType<typeof talked>>) => {
  const entry = dataMap.find(({ name }) => name === "Memory");
  const rows: unknown[] = [];
  for await (const row of entry?.collect?.(caller.id, key) ?? []) {
    rows.push(row);
  }
  return rows;
};

test("what a customer stated is known by the graph alone, as it was said, and no name leaves the vault", async () => {
  const talk = await talked();
  const { answer } = await talk.said("Who is my manager?");
  expect(answer).toMatch(/manager is \[PERSON_\d\]/);
  const messages = await readRecord(talk.conversationId, talk.caller, 0);
  const memory = await prepareMemory({
    conversationId: talk.conversationId,
    key: talk.key,
    expect: { version: 1, lastSeq: messages.at(-1)?.seq ?? 0 },
    since: (seq) => readRecord(talk.conversationId, talk.caller, seq),
    before: (seq) => readRecordBefore(talk.conversationId, talk.caller, seq),
  });
  const { summary, tail } = memory.promptBlock();
  expect(summary).toMatch(/^Customer is named \[PERSON_1\]\.$/m);
  expect(summary).toMatch(/^Customer works at TechCorp\.$/m);
  expect(JSON.stringify({ summary, tail })).not.toMatch(/Sarah|Davis/);
});

test("the graph is in its customer's export, in their own words, with the messages that it came from", async () => {
  const talk = await talked();
  const [row] = await rowsOf(talk);
  const messages = await readRecord(talk.conversationId, talk.caller, 0);
  const { graph } = row as { graph: unknown };
  expect(graph).toContainEqual({
    subject: "Customer",
    predicate: "manager is",
    object: "John Davis",
    sources: [messages.find(({ text }) => text.startsWith("My manager"))?.id],
    since: expect.any(String),
    until: null,
  });
});

test("the graph goes with everything else of its customer", async () => {
  const talk = await talked();
  const entry = dataMap.find(({ name }) => name === "Memory");
  expect(await entry?.erase(talk.caller.id)).toBe(1);
  expect(await rowsOf(talk)).toEqual([]);
});
