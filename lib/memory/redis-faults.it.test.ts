import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { env } from "@/lib/env";
import { faultRuns } from "@/scripts/setup/fault-runs";
import { OwnRedis } from "@/scripts/setup/redis-own";
import { TestRecord, testRedis } from "./store-for-tests";
import { expectWhole, restart, runFold, turn } from "./turn-for-tests";

let redis: OwnRedis;

beforeAll(async () => {
  redis = await OwnRedis.start();
  env.REDIS_URL = redis.url;
});
afterAll(() => redis.remove());

const isBack = () =>
  vi.waitFor(() => testRedis((client) => client.ping()), { timeout: 10_000, interval: 50 });

async function talk(record: TestRecord, turns: number): Promise<void> {
  for (let n = 0; n < turns; n += 1) {
    const { needsFold } = await turn(record, `question ${n} ${"tent ".repeat(40)}`, "It is green.");
    if (needsFold) {
      await runFold(record);
    }
  }
}

async function begin(turns = 3): Promise<TestRecord> {
  await isBack();
  const record = await TestRecord.make();
  await talk(record, turns);
  return record;
}

/** What the next process sees is the record, word for word. */
async function expectKept(record: TestRecord): Promise<void> {
  await restart(record);
  const { coveredThrough, tail } = await expectWhole(record);
  expect(tail).toEqual(record.messages.filter(({ seq }) => seq > coveredThrough));
}

describe("Redis is", () => {
  test("frozen: whoever asks it then waits once, nobody after them does, and nothing is lost", async () => {
    const record = await begin();
    redis.freeze();
    await talk(record, 2);
    // For longer than the breaker pauses between two questions of its own.
    const asked = vi.fn(async () => "never");
    const until = performance.now() + 2_500;
    while (performance.now() < until) {
      await expect(testRedis(asked)).rejects.toMatchObject({ name: "RedisGone" });
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(asked).not.toHaveBeenCalled();
    await talk(record, 3);
    await expectKept(record);
    // What it was asked before it froze, it does now.
    redis.thaw();
    await isBack();
    await expectKept(record);
    await talk(record, 2);
    await expectKept(record);
  });

  test("killed, and comes back empty", async () => {
    const record = await begin();
    await redis.kill();
    await talk(record, 3);
    await expectKept(record);
    await redis.restartFrom(null);
    await isBack();
    await expectKept(record);
    await talk(record, 3);
    await expectKept(record);
  });

  test("replaced by an older copy, of the same version and of the one before a fold", async () => {
    const record = await begin(1);
    await redis.keep("early");
    await talk(record, 1);
    await redis.restartFrom("early");
    await isBack();
    await talk(record, 1);
    await expectKept(record);
    await talk(record, 12);
    expect((await record.memoryRow())?.version).toBeGreaterThan(0);
    await redis.restartFrom("early");
    await isBack();
    await talk(record, 1);
    await expectKept(record);
  });

  test("full: it refuses every write, and is used again once there is room", async () => {
    const record = await begin();
    await redis.ask("CONFIG", "SET", "maxmemory-policy", "noeviction", "maxmemory", "1");
    await talk(record, 8);
    await expectKept(record);
    await redis.ask("CONFIG", "SET", "maxmemory", "0");
    await vi.waitFor(
      async () => {
        await isBack();
        await expectKept(record);
        const stamped = await redis.ask("HGET", record.redisKey("memory"), "s");
        expect(Number(stamped)).toBe(record.messages.at(-1)?.seq);
      },
      { timeout: 10_000, interval: 100 },
    );
  });

  test("short of memory, and evicts what it likes", async () => {
    const record = await begin();
    await redis.ask("CONFIG", "SET", "maxmemory-policy", "allkeys-random", "maxmemory", "1");
    await talk(record, 4);
    await expectKept(record);
    await redis.ask("CONFIG", "SET", "maxmemory-policy", "noeviction", "maxmemory", "0");
    await isBack();
    await talk(record, 2);
    await expectKept(record);
  });
});

/** Each ends with a Redis that answers, so that the next turn meets what it holds and not the breaker. */
const accidents: ((record: TestRecord) => Promise<unknown>)[] = [
  () => redis.keep("kept"),
  () => redis.restartFrom("kept"),
  () => redis.restartFrom(null),
  () => redis.ask("FLUSHALL"),
  () => redis.ask("SCRIPT", "FLUSH"),
  (record) => restart(record),
  (record) => runFold(record),
  async (record) => {
    redis.freeze();
    await talk(record, 1);
    redis.thaw();
  },
  async (record) => {
    await redis.kill();
    await talk(record, 1);
    await redis.start();
  },
];

test("all of it befalls one conversation, again and again, and it stays whole", {
  timeout: 3_600_000,
}, async () => {
  const record = await begin();
  await redis.keep("kept");
  const rounds = faultRuns(1) * accidents.length;
  for (let n = 0; n < rounds; n += 1) {
    await accidents[(2 * n + Math.floor(n / accidents.length)) % accidents.length]?.(record);
    await isBack();
    await talk(record, 1 + (n % 2));
    await expectKept(record);
  }
});
