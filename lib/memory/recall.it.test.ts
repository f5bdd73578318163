import { describe, expect, test } from "vitest";
import { dropMemoryCopies, forgetConversationMemory, prepareMemory } from "@/lib/memory";
import type { SubjectKey } from "@/lib/privacy/schema";
import { chatted, said } from "./for-tests";
import { ports } from "./ports";
import { recallShelf } from "./recall";
import { RecallShelf } from "./recall-shelf";
import { TestRecord } from "./store-for-tests";
import { HARD, runFold, seqs } from "./turn-for-tests";

const WISH = "My walking boots must be size 44, because of a swollen ankle.";
const QUESTION = "Which size of walking boots did I want?";

/** A customer who said early what size they need, and then much else. */
async function longAgo(): Promise<TestRecord> {
  const record = await TestRecord.make();
  await record.say([said(1, "customer", WISH), said(2, "assistant", "Noted.")]);
  await record.say(chatted(20, 3, 40));
  expect((await runFold(record)).failure).toBeNull();
  return record;
}

const load = async (record: TestRecord, recall = true) =>
  prepareMemory({
    conversationId: record.conversationId,
    key: record.key,
    expect: await record.claim(),
    since: record.sinceHere,
    recall,
  });

async function recalledOf(record: TestRecord, question = QUESTION) {
  return (await load(record)).promptBlock(HARD, question).recalled;
}

const textsOf = (messages: readonly { text: string }[]) => messages.map(({ text }) => text);

describe("a turn that was folded away", () => {
  test("comes back when the newest message asks for it, in order, within the limit, and once", async () => {
    const record = await longAgo();
    await record.say([said(43, "customer", QUESTION)]);
    const block = (await load(record)).promptBlock(HARD);
    expect(textsOf(block.recalled)).toContain(WISH);
    expect(seqs(block.recalled)).toEqual([...seqs(block.recalled)].sort((a, b) => a - b));
    expect(block.tokens).toBeLessThanOrEqual(HARD);
    expect(seqs(block.tail)).not.toEqual(expect.arrayContaining([1]));
    expect(new Set(seqs([...block.recalled, ...block.tail])).size).toBe(
      block.recalled.length + block.tail.length,
    );
  });

  test("comes back to LangChain's chains, marked and dated, before what is still shown word for word", async () => {
    const memory = await load(await longAgo());
    const { history } = await memory.loadMemoryVariables({ input: QUESTION });
    const texts = history.map(({ content }: { content: string }) => content);
    const at = texts.findIndex((text: string) => text.startsWith("Recalled"));
    expect(texts[at]).toContain(`2026-01-01\nCustomer: ${WISH}`);
    expect(history.slice(at + 1)).toHaveLength(memory.state.tail.length);
  });

  test("does not come back unasked, nor when recall was not wanted", async () => {
    const record = await longAgo();
    expect(await recalledOf(record, "xylophone")).toEqual([]);
    const without = await load(record, false);
    expect(without.promptBlock(HARD, QUESTION).recalled).toEqual([]);
  });

  test("comes back without reading the record again, and what is folded later is added to it", async () => {
    const record = await longAgo();
    await recalledOf(record);
    record.reads = [];
    expect(textsOf(await recalledOf(record))).toContain(WISH);
    expect(record.reads).toEqual([]);
    await record.say([said(43, "customer", "A lantern, please."), said(44, "assistant", "Yes.")]);
    await record.say(chatted(20, 45, 40));
    await runFold(record);
    record.reads = [];
    expect(textsOf(await recalledOf(record, "the lantern"))).toContain("A lantern, please.");
    expect(record.reads.every((seq) => seq > 1)).toBe(true);
  });
});

describe("recall never brings back", () => {
  test("what another customer said, also under the id of their conversation", async () => {
    const [sarah, mallory] = [await longAgo(), await longAgo()];
    expect(textsOf(await recalledOf(sarah))).toContain(WISH);
    const state = (await load(sarah)).state;
    const opened = await recallShelf().open(
      sarah.conversationId,
      { owner: mallory.key, state: { ...state, version: state.version + 1 } },
      // The record answers nothing to somebody whose conversation it is not.
      async () => [],
    );
    expect(opened?.(QUESTION) ?? []).toEqual([]);
    expect(textsOf(await recalledOf(sarah))).toContain(WISH);
  });

  test("a message that was forgotten, in the process that heard of it", async () => {
    const record = await longAgo();
    expect(textsOf(await recalledOf(record))).toContain(WISH);
    const held = recallShelf().size;
    await record.forget(1);
    await forgetConversationMemory(record.conversationId, record.customerId);
    expect(recallShelf().size).toBe(held - 1);
    expect(await recalledOf(record)).toEqual([]);
    await runFold(record);
    expect(JSON.stringify((await load(record)).promptBlock(HARD, QUESTION))).not.toContain(WISH);
  });

  test("a message that was forgotten, in a process that did not hear of it and comes back after the next fold", async () => {
    const record = await longAgo();
    const elsewhere = new RecallShelf({
      ...{ conversationsMax: 9, messagesMax: 999, seconds: 60, assistantWeight: 1 },
    });
    const search = async () => {
      const { state } = await load(record);
      const wanted = { owner: record.key, state };
      return (await elsewhere.open(record.conversationId, wanted, record.sinceHere))?.(QUESTION);
    };
    expect(textsOf((await search()) ?? [])).toContain(WISH);
    await record.forget(1);
    await forgetConversationMemory(record.conversationId, record.customerId);
    await runFold(record);
    expect(textsOf((await search()) ?? [])).not.toContain(WISH);
  });

  test("anything of a customer who is being erased, or whose key was replaced", async () => {
    const record = await longAgo();
    const { state } = await load(record);
    const open = (owner: SubjectKey, version: number) =>
      recallShelf().open(
        record.conversationId,
        { owner, state: { ...state, version } },
        async () => [],
      );
    expect((await open(record.key, state.version))?.(QUESTION)).not.toEqual([]);
    await record.setState("erasing");
    expect(await open(record.key, state.version + 1)).toBeNull();
    await record.setState("active");
    expect(textsOf(await recalledOf(record))).toContain(WISH);
    const replaced = { ...record.key, epoch: record.key.epoch + 1 } as SubjectKey;
    expect(await open(replaced, state.version)).toBeNull();
  });

  test("what was erased: the owner's indexes are closed at once", async () => {
    const record = await longAgo();
    await recalledOf(record);
    expect(recallShelf().size).toBeGreaterThan(0);
    recallShelf().dropOwner(record.customerId);
    await ports().process.delete(record.conversationId);
    const { state } = await load(record, false);
    const opened = await recallShelf().open(
      record.conversationId,
      { owner: record.key, state },
      async () => [],
    );
    expect(opened).toBeNull();
  });
});

describe("the indexes of a process", () => {
  const limits = { conversationsMax: 2, messagesMax: 50, seconds: 60, assistantWeight: 1 };
  const owner = { ownerId: "sarah", epoch: 1 } as SubjectKey;
  const wanted = (coveredThrough: number) => ({ owner, state: { version: 1, coveredThrough } });
  const messages = chatted(30);
  const readsOf = (shelf: RecallShelf) => {
    const reads: string[] = [];
    const open = (id: string, through: number) =>
      shelf.open(id, wanted(through), async (seq) => {
        reads.push(id);
        return messages.filter((message) => message.seq > seq);
      });
    return { reads, open };
  };

  test("are bounded by conversations and by messages, and the least recently used leaves first", async () => {
    const { reads, open } = readsOf(new RecallShelf(limits));
    for (const id of ["a", "b", "a", "c", "a", "b"]) {
      await open(id, 10);
    }
    expect(reads).toEqual(["a", "b", "c", "b"]);
    await open("large", 48);
    await open("b", 10);
    expect(reads).toEqual(["a", "b", "c", "b", "large", "b"]);
  });

  test("leave after their time", async () => {
    let now = 0;
    const { reads, open } = readsOf(new RecallShelf(limits, () => now));
    await open("a", 10);
    now = 59_999;
    await open("a", 10);
    now += 60_000;
    await open("a", 10);
    expect(reads).toEqual(["a", "a"]);
  });

  test("are built once by two who ask at the same time, and again after a failure", async () => {
    const shelf = new RecallShelf(limits);
    const failing = shelf.open("a", wanted(10), () => Promise.reject(new Error("away")));
    await expect(failing).rejects.toThrow("away");
    const { reads, open } = readsOf(shelf);
    const [one, other] = await Promise.all([open("a", 10), open("a", 10)]);
    expect(reads).toEqual(["a"]);
    const found = one?.("tent") ?? [];
    expect(new Set(found).size).toBe(found.length);
    expect(other?.("tent")).toEqual(found);
  });
});

test("a record that fails costs a turn its recall and nothing else", async () => {
  const record = await longAgo();
  await load(record, false);
  const { conversationId, key } = record;
  await dropMemoryCopies("another");
  const memory = await prepareMemory({
    ...{ conversationId, key, recall: true, expect: await record.claim() },
    since: () => Promise.reject(new Error("the record is away")),
  });
  const block = memory.promptBlock(HARD, QUESTION);
  expect(block.recalled).toEqual([]);
  expect(block.tail.length).toBeGreaterThan(0);
});
