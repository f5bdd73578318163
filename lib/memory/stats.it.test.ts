import { expect, test } from "vitest";
import { managerStats, memoryPanel, RedisSide, storeStats } from "@/lib/memory";
import { chatted, said } from "./for-tests";
import { emptyState } from "./state";
import { TestRecord, testRedis } from "./store-for-tests";
import { probePostgres, probeRedis } from "./store-probe";
import { RedisMemory } from "./store-redis";
import { PROBE } from "./store-redis-keys";
import { extractive } from "./summarizer-for-tests";
import { prepare, runFold } from "./turn-for-tests";

const nothing = {
  totalConversations: 0,
  compressedConversations: 0,
  totalMemoryMb: 0,
  averageMemoryKb: 0,
};

async function kept(words: string) {
  const record = await TestRecord.make();
  const tail = [...chatted(2), said(5, "customer", words)];
  const state = { ...emptyState(new Date()), tail, lastSeq: 5 };
  await new RedisMemory().save(record.conversationId, record.key, state);
  return record;
}

test("where nothing is stored the statistics are zeros", async () => {
  const record = await TestRecord.make();
  expect(await storeStats({ customerId: record.customerId })).toEqual(nothing);
});

test("conversations are counted and measured as Redis measures them, for all and for one customer", async () => {
  const before = await storeStats();
  const [small, large] = [await kept("short"), await kept("the same words again ".repeat(500))];
  const bytes = async ({ redisKey }: { redisKey: (part: "memory" | "tail") => string }) =>
    await testRedis(async (redis) => {
      const sizes = await Promise.all(
        (["memory", "tail"] as const).map((part) =>
          redis.call("MEMORY", "USAGE", redisKey(part), "SAMPLES", "0"),
        ),
      );
      return sizes.reduce<number>((sum, size) => sum + Number(size), 0);
    });
  const [ofSmall, ofLarge] = [
    await bytes({ redisKey: (part) => small.redisKey(part) }),
    await bytes({ redisKey: (part) => large.redisKey(part) }),
  ];
  const all = await storeStats();
  expect(all.totalConversations - before.totalConversations).toBe(2);
  expect(all.compressedConversations - before.compressedConversations).toBe(1);
  expect(all.totalMemoryMb).toBeGreaterThan((0.95 * (ofSmall + ofLarge)) / 1_048_576);
  expect(all.averageMemoryKb).toBeCloseTo((all.totalMemoryMb * 1024) / all.totalConversations, 6);
  const one = await storeStats({ customerId: small.customerId });
  expect(one).toMatchObject({ totalConversations: 1, compressedConversations: 0 });
  expect(one.averageMemoryKb).toBeCloseTo(one.totalMemoryMb * 1024);
  // Redis moves a key's parts about as it likes: a few bytes more or less.
  expect(Math.abs((one.averageMemoryKb * 1024) / ofSmall - 1)).toBeLessThan(0.05);
});

test("values of another form are none of ours: they are not counted, and hinder nobody", async () => {
  const [record, half] = [await TestRecord.make(), await kept("short")];
  await testRedis(async (redis) => {
    await redis.set(record.redisKey("memory"), "rubbish", "EX", 60);
    await redis.del(half.redisKey("tail"));
    await redis.set(half.redisKey("tail"), "rubbish", "EX", 60);
  });
  expect(await storeStats({ customerId: record.customerId })).toEqual(nothing);
  expect(await storeStats({ customerId: half.customerId })).toMatchObject({
    totalConversations: 1,
  });
  for (const { conversationId, key } of [record, half]) {
    expect(await new RedisSide().read(conversationId, key)).toBeNull();
  }
});

test("measuring prolongs nobody's time to live", async () => {
  const record = await kept("short");
  await testRedis((redis) => redis.expire(record.redisKey("memory"), 100));
  await storeStats();
  expect(await testRedis((redis) => redis.ttl(record.redisKey("memory")))).toBeLessThanOrEqual(100);
});

test("a check leaves nothing behind, in either store", async () => {
  const record = await TestRecord.make();
  const before = await record.countAll();
  const written: string[] = [];
  class Noted extends RedisMemory {
    override save(...given: Parameters<RedisMemory["save"]>) {
      written.push(given[0]);
      return super.save(...given);
    }
  }
  await probeRedis(new Noted());
  await probePostgres();
  expect(await record.countAll()).toEqual(before);
  expect(written).toEqual([expect.stringContaining(PROBE)]);
  const left = await testRedis((redis) =>
    redis.exists(...written.flatMap((id) => [`rc:{${id}}:memory`, `rc:{${id}}:tail`])),
  );
  expect(left).toBe(0);
});

test("what a check wrote that was killed in the middle is not listed, counted or moved, and ends within a minute", async () => {
  const record = await TestRecord.make();
  const redis = new RedisMemory();
  const before = await storeStats();
  const id = `${PROBE}${record.conversationId}`;
  await redis.save(id, record.key, emptyState(new Date()), { ttlHours: 1 / 60 });
  expect(await redis.exists(id)).toBe(true);
  const listed: string[] = [];
  for (const list of [redis.listKeys(), new RedisSide().listKeys()]) {
    for await (const each of list) {
      listed.push(each);
    }
  }
  expect(listed.filter((each) => each.includes(PROBE))).toEqual([]);
  const { totalConversations, compressedConversations, totalMemoryMb } = await storeStats();
  expect({ totalConversations, compressedConversations }).toEqual({
    totalConversations: before.totalConversations,
    compressedConversations: before.compressedConversations,
  });
  // Redis tidies its own tables between two looks, which frees a few bytes of keys that nobody touched.
  const bytes = await testRedis((client) => client.memory("USAGE", `rc:{${id}}:memory`));
  expect(Math.abs(totalMemoryMb - before.totalMemoryMb) * 1024 ** 2).toBeLessThan(bytes ?? 0);
  expect(await testRedis((client) => client.ttl(`rc:{${id}}:memory`))).toBeLessThanOrEqual(60);
  await redis.delete(id);
});

test("a conversation is in use while it is folded, and not afterwards", async () => {
  const record = await TestRecord.make();
  await record.say(chatted(20, 1, 40));
  await prepare(record);
  const { customerId } = record;
  const summarize = extractive();
  const locks: number[] = [];
  await runFold(record, async (...given) => {
    locks.push(managerStats({ customerId }).totalLocks);
    return await summarize(...given);
  });
  expect(new Set(locks)).toEqual(new Set([1]));
  expect(managerStats({ customerId })).toMatchObject({ activeMemories: 1, totalLocks: 0 });
});

test("the panel shows what is kept, what was folded day by day, the stores and how long tiers are kept", async () => {
  const record = await TestRecord.make();
  await record.say(chatted(20, 1, 40));
  await runFold(record);
  const panel = await memoryPanel();
  const today = panel.foldedDays.at(-1);
  expect(today?.folds).toBeGreaterThan(0);
  expect(today?.tokensAfter).toBeLessThan(today?.tokensBefore ?? 0);
  expect(panel.spans.at(-1)?.operations).toBeGreaterThan(0);
  expect(panel.store?.totalConversations).toBeGreaterThanOrEqual(0);
  expect(panel.hot).toEqual(managerStats());
  expect(panel.hot).toMatchObject({ totalLocks: 0, maxCapacity: 100 });
  expect(panel.backends).toHaveLength(2);
});
