import { describe, expect, test } from "vitest";
import type { StaffCaller } from "@/lib/auth/schema";
import { newId } from "@/lib/id";
import { chooseStrategy, growGraph, memoryPanel, prepareMemory } from "@/lib/memory";
import { chatted, said } from "./for-tests";
import { forgetConversationMemory } from "./forget";
import { policy } from "./policy";
import { splitTurns } from "./prune";
import type { Before, MemoryStrategy, TripleFinder } from "./schema";
import { TestRecord } from "./store-for-tests";
import { findGraph } from "./store-graph";
import { expectWhole, HARD, runFold, seqs, turn } from "./turn-for-tests";

const admin: StaffCaller = { kind: "staff", id: newId(), keyEpoch: 1, role: "admin", name: "Noor" };

const choose = (record: TestRecord, strategy: MemoryStrategy | null) =>
  chooseStrategy(admin, { conversationId: record.conversationId, strategy });

/** The memory as a turn gets it, and up to which seqs it read what was folded. */
async function shown(record: TestRecord, page = 4) {
  const read: number[] = [];
  const before: Before = async (seq) => {
    read.push(seq);
    return record.messages
      .filter((each) => each.seq < seq)
      .toReversed()
      .slice(0, page);
  };
  const { conversationId, key, sinceHere: since } = record;
  const expected = await record.claim();
  const memory = await prepareMemory({ conversationId, key, expect: expected, since, before });
  return { memory, block: memory.promptBlock(HARD), read };
}

async function folded(turns = 30): Promise<TestRecord> {
  const record = await TestRecord.make();
  await record.say(chatted(turns, 1, 24));
  expect((await runFold(record)).folds).toBeGreaterThan(0);
  await turn(record, "and the newest question?", "the newest answer");
  await record.say([said(turns * 2 + 3, "customer", "what now?")]);
  return record;
}

describe("a strategy of a conversation's own", () => {
  test("changed again and again in mid-conversation loses nothing: summary, values and messages stay", async () => {
    const record = await folded();
    const before = await expectWhole(record);
    const order: (MemoryStrategy | null)[] = ["buffer", "kg", "summary", "buffer_window", null];
    for (const strategy of order) {
      await choose(record, strategy);
      const { memory, block } = await shown(record);
      expect(memory.strategy).toBe(strategy ?? "summary_buffer");
      expect(block.tokens).toBeLessThanOrEqual(HARD);
      expect(block.tail.at(-1)?.text).toBe("what now?");
      const { version, ...state } = await expectWhole(record);
      expect(state).toEqual({
        ...before,
        version: undefined,
        strategy,
        updatedAt: state.updatedAt,
      });
      expect(version).toBeGreaterThan(before.version);
    }
  });

  test("shows all that fits, word for word, newest first out of the record", async () => {
    const record = await folded();
    await choose(record, "buffer");
    const { block, read } = await shown(record);
    expect(block.summary).toBeNull();
    expect(block.ledger).toEqual([]);
    const newest = record.messages.slice(-block.tail.length);
    expect(block.tail).toEqual(newest);
    expect(splitTurns(block.tail)[0]?.[0]?.role).toBe("customer");
    const { state } = (await shown(record)).memory;
    expect(block.tail[0]?.seq).toBeLessThanOrEqual(state.coveredThrough);
    // It stops where the prompt is full, and never reads the same twice.
    expect(read).toEqual([...new Set(read)].sort((a, b) => b - a));
    expect(Math.min(...read)).toBeGreaterThan(1);
  });

  test("shows the newest turns, also those that were folded away", async () => {
    const record = await TestRecord.make();
    // The newest turns alone are over the limit, so that of the window all but the last are folded.
    await record.say(chatted(12, 1, 60));
    await runFold(record);
    await record.say([said(25, "customer", "what now?")]);
    await choose(record, "buffer_window");
    const { block, memory } = await shown(record);
    expect(splitTurns(memory.state.tail).length).toBeLessThan(policy.windowTurns + 1);
    expect(seqs(block.tail)).toEqual(seqs(record.messages.slice(-(policy.windowTurns * 2 + 1))));
    expect(block.summary).toBeNull();
  });

  test("summarises every turn but the newest where the summary is all that is shown", async () => {
    const record = await TestRecord.make();
    await choose(record, "summary");
    const first = await turn(record, "I need a green tent", "Here is one");
    expect(first.needsFold).toBe(false);
    const second = await turn(record, "And a stove", "Here is one, too");
    expect(second.needsFold).toBe(true);
    await runFold(record);
    const { block } = await shown(record);
    expect(block.summary).toContain("green tent");
    expect(seqs(block.tail)).toEqual([3, 4]);
  });

  test("is written down with the old and the new one, and stands on the panel until it is taken back", async () => {
    const record = await folded();
    const listed = async () =>
      (await memoryPanel()).overrides.find((each) => each.conversationId === record.conversationId);
    expect(await listed()).toBeUndefined();
    await choose(record, "kg");
    await choose(record, "buffer");
    expect((await listed())?.strategy).toBe("buffer");
    await choose(record, null);
    expect(await listed()).toBeUndefined();
    const steps = (await record.auditRows()).map(({ previous, state }) => [previous, state]);
    expect(steps).toEqual([
      ["deployment", "kg"],
      ["kg", "buffer"],
      ["buffer", "deployment"],
    ]);
  });

  test("is refused where there is no such conversation, or its customer is being erased", async () => {
    const record = await folded();
    const nowhere = { conversationId: newId(), strategy: "buffer" as const };
    await expect(chooseStrategy(admin, nowhere)).rejects.toMatchObject({ code: "not_found" });
    await record.setState("erasing");
    await expect(choose(record, "buffer")).rejects.toMatchObject({ code: "not_found" });
  });

  test("that a later version of the code wrote is read as the deployment's", async () => {
    const record = await folded();
    await record.storeStrategy("telepathy");
    expect((await shown(record)).memory.strategy).toBe("summary_buffer");
  });
});

describe("the graph of a conversation", () => {
  /** "A owns B" is a triple; keeps what it was asked. */
  function owning(): TripleFinder & { asked: string[] } {
    const asked: string[] = [];
    const find: TripleFinder = async (_before, { text }) => {
      asked.push(text);
      const [, subject = "", object = ""] = /(\w+) owns (\w+)/.exec(text) ?? [];
      return subject ? [{ subject, predicate: "owns", object }] : [];
    };
    return Object.assign(find, { asked });
  }

  const grow = (record: TestRecord, findTriples: TripleFinder = owning()) =>
    growGraph(record.conversationId, { findTriples, since: record.since });

  const edgesOf = async ({ conversationId, key }: TestRecord) =>
    (await findGraph(conversationId, key)).edges;

  async function withGraph() {
    const record = await TestRecord.make();
    await choose(record, "kg");
    await turn(record, "Sarah owns Rex", "Nice");
    await turn(record, "Rex owns nothing, Bob owns Milo", "Ok");
    return record;
  }

  test("is grown of what the customer said, once, with the message that said it", async () => {
    const record = await withGraph();
    const find = owning();
    expect(await grow(record, find)).toEqual({ read: 4, failure: null });
    expect(await grow(record, find)).toEqual({ read: 0, failure: null });
    expect(find.asked).toEqual(["Sarah owns Rex", "Rex owns nothing, Bob owns Milo"]);
    expect((await edgesOf(record))[0]).toMatchObject({
      subject: "Sarah",
      object: "Rex",
      sources: ["message-1"],
      since: said(1, "customer", "").createdAt,
    });
  });

  test("shows what is known of whom the question names, in any case, and nothing of others", async () => {
    const record = await withGraph();
    await record.say(chatted(4, 5));
    await grow(record);
    await record.say([said(13, "customer", "who is with SARAH now?")]);
    const { block, memory } = await shown(record);
    expect(block.summary).toBe("Sarah owns Rex.");
    expect(seqs(block.tail)).toEqual([9, 10, 11, 12, 13]);
    expect(memory.needsFold()).toBe(true);
    const { history } = await memory.loadMemoryVariables({ input: "who?" });
    expect(String(history[0].content)).toBe("Sarah owns Rex.");
  });

  test("goes on with the line that its finder failed at", async () => {
    const record = await withGraph();
    const failing: TripleFinder = async (before, line) => {
      if (line.text.includes("Milo")) {
        throw new Error("the model is down");
      }
      return owning()(before, line);
    };
    expect(await grow(record, failing)).toEqual({ read: 2, failure: "finder_failed" });
    expect(await edgesOf(record)).toHaveLength(1);
    expect(await grow(record, failing)).toEqual({ read: 0, failure: "finder_failed" });
    const find = owning();
    await grow(record, find);
    expect(find.asked).toEqual(["Rex owns nothing, Bob owns Milo"]);
  });

  test("is forgotten with a message, and what was being read then is not written", async () => {
    const record = await withGraph();
    await grow(record);
    const forget = () => forgetConversationMemory(record.conversationId, record.customerId);
    await turn(record, "Zoe owns Kit", "Ok");
    const late: TripleFinder = async (before, line) => {
      await forget();
      return owning()(before, line);
    };
    expect((await grow(record, late)).failure).toBe("lost");
    expect(await edgesOf(record)).toEqual([]);
    record.messages = record.messages.filter(({ seq }) => seq !== 1);
    await grow(record);
    expect((await edgesOf(record)).map(({ subject }) => subject)).not.toContain("Sarah");
    expect((await edgesOf(record)).map(({ subject }) => subject)).toContain("Zoe");
  });

  test("is not grown under another strategy, nor for a customer who is being erased, and opens for its owner only", async () => {
    const record = await withGraph();
    await grow(record);
    const other = await TestRecord.make();
    expect((await findGraph(record.conversationId, other.key)).edges).toEqual([]);
    await choose(record, null);
    await turn(record, "Zoe owns Kit", "Ok");
    expect(await grow(record)).toEqual({ read: 0, failure: "inactive" });
    expect(await edgesOf(record)).toHaveLength(2);
    await choose(record, "kg");
    await record.setState("erasing");
    expect(await grow(record)).toEqual({ read: 0, failure: "inactive" });
  });
});
