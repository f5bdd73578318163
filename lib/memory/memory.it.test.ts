import { describe, expect, test } from "vitest";
import { dropMemoryCopies, memoryPanel, prepareMemory, rememberTurn } from "@/lib/memory";
import { chatted, said } from "./for-tests";
import { TestRecord, testRedis } from "./store-for-tests";
import { extractive } from "./summarizer-for-tests";
import { expectWhole, flush, HARD, prepare, restart, runFold, turn } from "./turn-for-tests";

describe("a customer says their name and what they need", () => {
  test("and is remembered twenty turns and a summary later, after a restart, and after Redis was flushed", async () => {
    const record = await TestRecord.make();
    const summarize = extractive();
    const fold = async ({ needsFold }: { needsFold: boolean }) => {
      if (needsFold) {
        expect((await runFold(record, summarize)).failure).toBeNull();
      }
    };
    await fold(
      await turn(record, "Hi, I'm Sarah and I need a tent for order #ORD-789456", "Hello Sarah!"),
    );
    for (let n = 1; n <= 20; n += 1) {
      await fold(
        await turn(
          record,
          `What about colour number ${n} of it, is it bright?`,
          `Number ${n} is green. ${"It is quite bright. ".repeat(6)}`,
        ),
      );
    }
    const remembers = async () => {
      const memory = await prepare(record);
      const block = memory.promptBlock(HARD);
      expect(block.summary).toContain("I'm Sarah");
      expect(block.ledger).toContainEqual({ kind: "name", value: "Sarah", seq: 1 });
      expect(block.ledger).toContainEqual({ kind: "order", value: "#ORD-789456", seq: 1 });
      expect(block.tail.some(({ seq }) => seq === 1)).toBe(false);
      const { history } = await memory.loadMemoryVariables({ input: "What is my name?" });
      expect(String(history[0].content)).toContain("name Sarah");
    };
    await remembers();
    await restart(record);
    await remembers();
    await flush(record);
    await remembers();
    await flush(record);
    await restart(record);
    await remembers();
    await expectWhole(record);
    const folded = summarize.lines.flat().map(({ text }) => text);
    expect(new Set(folded).size).toBe(folded.length);
  });
});

describe("loading", () => {
  test("is one reading of Redis and none of the record while the copy is up to date", async () => {
    const record = await TestRecord.make();
    await turn(record, "hello", "hi");
    await prepare(record);
    record.reads = [];
    const memory = await prepare(record);
    expect(record.reads).toEqual([]);
    expect(memory.state.tail).toEqual(record.messages);
  });

  test("catches up by seq when the copy is behind, and leaves it caught up", async () => {
    const record = await TestRecord.make();
    await turn(record, "hello", "hi");
    await record.say([said(3, "customer", "written while Redis was away")]);
    await restart(record);
    record.reads = [];
    expect((await prepare(record)).state.tail).toEqual(record.messages);
    expect(record.reads).toEqual([2]);
    record.reads = [];
    await restart(record);
    expect((await prepare(record)).state.tail).toEqual(record.messages);
    expect(record.reads).toEqual([]);
  });

  test("rebuilds what was replaced by an older copy, by one of the future, or by rubbish", async () => {
    const record = await TestRecord.make();
    await turn(record, "hello", "hi");
    const dump = await testRedis(async (redis) => ({
      memory: await redis.dumpBuffer(record.redisKey("memory")),
      tail: await redis.dumpBuffer(record.redisKey("tail")),
    }));
    for (let n = 0; n < 12; n += 1) {
      await turn(record, `question ${n} ${"word ".repeat(40)}`, "answer");
    }
    await runFold(record);
    const damages = [
      async () => {
        await testRedis(async (redis) => {
          await redis.restore(record.redisKey("memory"), 0, dump.memory ?? "", "REPLACE");
          await redis.restore(record.redisKey("tail"), 0, dump.tail ?? "", "REPLACE");
        });
      },
      () => testRedis((redis) => redis.hset(record.redisKey("memory"), "s", "9999")),
      () => testRedis((redis) => redis.hset(record.redisKey("memory"), "v", "77")),
      () => testRedis((redis) => redis.hset(record.redisKey("memory"), "h", "rubbish")),
      () => testRedis((redis) => redis.set(record.redisKey("memory"), "a string")),
      () => testRedis((redis) => redis.hset(record.redisKey("memory"), "s", "two")),
    ];
    for (const damage of damages) {
      await expectWhole(record);
      await damage();
      await restart(record);
      await expectWhole(record);
    }
  });

  test("shows a turn that runs only what was there at its claim, so its answer is not skipped later", async () => {
    const record = await TestRecord.make();
    await record.say([said(1, "customer", "first")]);
    const expected = await record.claim();
    // Seq 2 is reserved for the answer; the customer writes on meanwhile.
    await record.say([said(3, "customer", "second")]);
    const { conversationId, key, sinceHere: since } = record;
    await prepareMemory({ conversationId, key, expect: expected, since });
    const answer = said(2, "assistant", "answer to the first");
    record.messages.splice(1, 0, answer);
    expect(await rememberTurn(conversationId, key, [answer])).toBe("appended");
    expect((await prepare(record)).state.tail.map(({ seq }) => seq)).toEqual([1, 2, 3]);
  });
});

test("Redis is flushed, the process restarts and copies are dropped between any two turns: nothing is lost", async () => {
  const record = await TestRecord.make();
  const accidents = [
    flush,
    restart,
    (of: TestRecord) => dropMemoryCopies(of.conversationId),
    runFold,
    () => Promise.resolve(),
  ];
  for (let n = 0; n < 40; n += 1) {
    const { needsFold } = await turn(record, `question ${n} ${"tent ".repeat(n)}`, `answer ${n}`);
    await accidents[(n * 7) % accidents.length]?.(record);
    if (needsFold && n % 3 === 0) {
      await runFold(record);
    }
    await expectWhole(record);
  }
});

test("the memory panel tells what is in use and how it went", async () => {
  const record = await TestRecord.make();
  await record.say(chatted(20, 1, 40));
  await runFold(record);
  await prepare(record);
  const panel = await memoryPanel();
  expect(panel.strategy).toBe("summary_buffer");
  expect(panel.conversations).toBeGreaterThan(0);
  expect(panel.folding.tokensAfter).toBeLessThan(panel.folding.tokensBefore);
  expect(panel.performance).toMatchObject({ totalOperations: expect.any(Number) });
  expect(panel.defaults).toMatchObject({ maxTokenLimit: 500, lowWater: 0.5, ttlHours: 24 });
  const text = JSON.stringify(panel satisfies object);
  expect(text).not.toMatch(/\btent\b|question/);
});
