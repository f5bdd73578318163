import fc from "fast-check";
import { afterEach, describe, expect, test, vi } from "vitest";
import { log } from "@/lib/observability";
import { asRedacted } from "@/lib/privacy";
import { faultRuns } from "@/scripts/setup/fault-runs";
import { sealValue } from "./envelope";
import { chatted } from "./for-tests";
import { emptyState } from "./state";
import { TestRecord, testRedis } from "./store-for-tests";
import { expectWhole, prepare, restart, runFold, turn } from "./turn-for-tests";

afterEach(() => {
  vi.restoreAllMocks();
});

/** A conversation that was folded, with a copy in Redis that is up to date. */
async function folded(): Promise<TestRecord> {
  const record = await TestRecord.make();
  await record.say(chatted(12, 1, 40));
  await runFold(record);
  await prepare(record);
  await turn(record, "And the red one?", "It is red.");
  return record;
}

/** The next process is shown the record's truth, and leaves a copy behind that is sound again. */
async function expectMended(record: TestRecord): Promise<void> {
  const truth = await record.memoryRow();
  await restart(record);
  const state = await expectWhole(record);
  expect(state).toMatchObject({
    version: truth?.version,
    coveredThrough: truth?.coveredThrough,
    tail: record.messages.filter(({ seq }) => seq > state.coveredThrough),
  });
  expect(state.summary).toContain("question 1 ");
  await restart(record);
  record.reads = [];
  expect((await prepare(record)).state).toEqual(state);
  expect(record.reads).toEqual([]);
}

const hset = (record: TestRecord, field: string, value: string | Buffer) =>
  testRedis((redis) => redis.hset(record.redisKey("memory"), field, value));
const hget = (record: TestRecord, field: string) =>
  testRedis((redis) => redis.hgetBuffer(record.redisKey("memory"), field));
const tailOf = (record: TestRecord) =>
  testRedis((redis) => redis.zrangeBuffer(record.redisKey("tail"), "0", "-1"));

function flipped(bytes: Buffer, at: number): Buffer {
  const damaged = Buffer.from(bytes);
  const place = at % damaged.length;
  damaged[place] = (damaged[place] ?? 0) ^ (1 << (at % 8));
  return damaged;
}

type Damage = (record: TestRecord, at: number) => Promise<unknown>;

const damages: Record<string, Damage> = {
  "a bit of the head": async (record, at) =>
    hset(record, "h", flipped((await hget(record, "h")) ?? Buffer.alloc(1), at)),
  "a bit of a message": async (record, at) => {
    const tail = await tailOf(record);
    const place = at % tail.length;
    const member = tail[place] ?? Buffer.alloc(1);
    await testRedis(async (redis) => {
      const score = await redis.zscore(record.redisKey("tail"), member);
      await redis.zrem(record.redisKey("tail"), member);
      await redis.zadd(record.redisKey("tail"), Number(score), flipped(member, at));
    });
  },
  "the version": (record, at) => hset(record, "v", String(at % 5)),
  "the seq": (record, at) => hset(record, "s", String(at % 40)),
  "the count": (record, at) => hset(record, "n", String(at % 9)),
  "the time to live": (record) => hset(record, "t", "soon"),
  "a stamp that is no number": (record, at) => hset(record, "vsn"[at % 3] ?? "v", "many"),
  "a field that is gone": (record, at) =>
    testRedis((redis) => redis.hdel(record.redisKey("memory"), "vsnht"[at % 5] ?? "v")),
  "a message that is gone": (record) =>
    testRedis((redis) => redis.zremrangebyrank(record.redisKey("tail"), 0, 0)),
  "the newest message gone, and the count as if it were not": async (record) => {
    const { length } = await tailOf(record);
    await testRedis((redis) => redis.zpopmax(record.redisKey("tail")));
    await hset(record, "n", String(length - 1));
  },
  "a message of another conversation": async (record) => {
    const other = await folded();
    const [foreign] = await tailOf(other);
    await testRedis((redis) => redis.zadd(record.redisKey("tail"), 900, foreign ?? ""));
    await hset(record, "n", String((await tailOf(record)).length));
  },
  "the head of another conversation": async (record) => {
    const other = await folded();
    await hset(record, "h", (await hget(other, "h")) ?? "");
  },
  "keys of another kind": (record, at) =>
    testRedis((redis) => redis.set(record.redisKey(at % 2 === 0 ? "memory" : "tail"), "text")),
};

describe("a copy in Redis of which something is damaged", () => {
  test("is a miss, and a sound one takes its place", {
    timeout: 3_600_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...Object.keys(damages)),
        fc.nat(100_000),
        async (name, at) => {
          const record = await folded();
          await damages[name]?.(record, at);
          await expectMended(record);
        },
      ),
      { numRuns: faultRuns(20), examples: Object.keys(damages).map((name) => [name, 77]) },
    );
  });

  test("is written down by its kind and never by its content", async () => {
    const warned = vi.spyOn(log, "warn").mockImplementation(() => undefined);
    const record = await folded();
    await hset(record, "h", "rubbish");
    await restart(record);
    await prepare(record);
    const { conversationId } = record;
    const told = { event: "memory_copy_unreadable", conversationId, reason: "SealError" };
    expect(warned).toHaveBeenCalledWith(told);
    expect(JSON.stringify(warned.mock.calls)).not.toMatch(/rubbish|question|tent/);
  });
});

describe("a copy of the same conversation from another time", () => {
  test("an older head does not stand for a newer one", async () => {
    const record = await folded();
    const older = (await hget(record, "h")) ?? "";
    await record.say(chatted(12, 101, 40));
    await runFold(record);
    await prepare(record);
    await hset(record, "h", older);
    await expectMended(record);
  });

  test("one that is ahead of a record which was put back is not believed when the record comes to its version again", async () => {
    const record = await TestRecord.make();
    await record.say(chatted(12, 1, 40));
    const before = await record.memoryRow();
    await runFold(record);
    await prepare(record);
    await record.putBack(before);
    await restart(record);
    await expectWhole(record);
    await runFold(record, async () => asRedacted("Another past."));
    await restart(record);
    const state = await expectWhole(record);
    expect(state).toMatchObject({ version: 1, summary: "Another past." });
  });
});

test("a copy that the version before this one wrote is a miss, and is rebuilt", async () => {
  const record = await TestRecord.make();
  await record.say(chatted(3));
  await runFold(record);
  const { conversationId, key } = record;
  // As it was written before a conversation had a strategy, and before the head's place named its version.
  const { strategy: _s, version, lastSeq: _l, tail: _t, ...known } = emptyState(new Date());
  const place = (column: string) => ({ table: "redis.memory", row: conversationId, column });
  await testRedis(async (redis) => {
    const stamps = { v: version, s: 6, t: 86_400, n: record.messages.length };
    const sealed = sealValue(key, place("head"), known);
    await redis.hset(record.redisKey("memory"), { ...stamps, h: sealed });
    for (const message of record.messages) {
      const member = sealValue(key, place(`message.${message.seq}`), message);
      await redis.zadd(record.redisKey("tail"), message.seq, member);
    }
  });
  await restart(record);
  const state = await expectWhole(record);
  expect(state.tail).toEqual(record.messages);
});
