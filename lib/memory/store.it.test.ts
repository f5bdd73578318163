import { describe, expect, test } from "vitest";
import { chatted, said } from "./for-tests";
import { emptyState } from "./state";
import { memoryContract } from "./store.contract";
import { erase, TestRecord, testRedis } from "./store-for-tests";
import { PostgresMemory } from "./store-postgres";
import { RedisMemory } from "./store-redis";

memoryContract("Redis", async () => {
  const [record, other] = [await TestRecord.make(), await TestRecord.make()];
  return {
    port: new RedisMemory(),
    conversationId: record.conversationId,
    owner: record.key,
    stranger: other.key,
    record: (messages) => record.say(messages),
  };
});

memoryContract("PostgreSQL", async () => {
  const [record, other] = [await TestRecord.make(), await TestRecord.make()];
  return {
    port: new PostgresMemory(record.since),
    conversationId: record.conversationId,
    owner: record.key,
    stranger: other.key,
    record: (messages) => record.say(messages),
  };
});

describe("the copy in Redis", () => {
  const make = async (turns = 2) => {
    const record = await TestRecord.make();
    const tail = chatted(turns);
    const state = { ...emptyState(new Date()), tail, lastSeq: turns * 2 };
    const redis = new RedisMemory();
    await redis.save(record.conversationId, record.key, state);
    return { record, redis, state, id: record.conversationId, key: record.key };
  };

  test("holds no word in clear and lives for 24 hours from the last use", async () => {
    const { record } = await make();
    const raw = await testRedis(async (redis) => ({
      head: await redis.hgetallBuffer(record.redisKey("memory")),
      tail: await redis.zrangeBuffer(record.redisKey("tail"), "0", "-1"),
      ttl: [await redis.ttl(record.redisKey("memory")), await redis.ttl(record.redisKey("tail"))],
    }));
    const bytes = Buffer.concat([...Object.values(raw.head), ...raw.tail]).toString("latin1");
    expect(bytes).not.toMatch(/tent|question|customer/i);
    for (const ttl of raw.ttl) {
      expect(ttl).toBeGreaterThan(86_300);
      expect(ttl).toBeLessThanOrEqual(86_400);
    }
  });

  test("keeps the time to live that a save asked for", async () => {
    const { record, redis, state, id, key } = await make();
    await redis.save(id, key, state, { ttlHours: 1 });
    const ttl = () => testRedis((client) => client.ttl(record.redisKey("tail")));
    expect(await ttl()).toBeLessThanOrEqual(3600);
    await redis.load(id, key);
    expect(await ttl()).toBeLessThanOrEqual(3600);
    const messages = [said(5, "customer", "more")];
    await redis.append(id, key, { after: 4, through: 5, messages });
    expect(await ttl()).toBeLessThanOrEqual(3600);
    await redis.append(
      id,
      key,
      { after: 5, through: 6, messages: [said(6, "assistant", "and more")] },
      { ttlHours: 48 },
    );
    expect(await ttl()).toBeGreaterThan(86_400);
  });

  test("compresses what is over 1,024 bytes before it is sealed", async () => {
    const record = await TestRecord.make();
    const redis = new RedisMemory();
    const tail = [said(1, "customer", "the same words again ".repeat(500))];
    await redis.save(record.conversationId, record.key, {
      ...emptyState(new Date()),
      tail,
      lastSeq: 1,
    });
    const [sealed] = await testRedis((client) =>
      client.zrangeBuffer(record.redisKey("tail"), "0", "-1"),
    );
    expect(sealed?.length).toBeLessThan(1024);
    expect(await redis.load(record.conversationId, record.key)).toMatchObject({ state: { tail } });
  });

  test("is a miss when Redis evicted a part of it", async () => {
    const { record, redis, id, key } = await make();
    await testRedis((client) => client.del(record.redisKey("tail")));
    expect(await redis.load(id, key)).toEqual({ kind: "miss" });
    const messages = [said(5, "customer", "more")];
    expect(await redis.append(id, key, { after: 4, through: 5, messages })).toBe("behind");
  });

  test("one message cannot stand for another", async () => {
    const { record, redis, id, key } = await make();
    await testRedis(async (client) => {
      const [one] = await client.zrangeBuffer(record.redisKey("tail"), "0", "0");
      await client.zremrangebyrank(record.redisKey("tail"), 0, 1);
      await client.zadd(record.redisKey("tail"), 2, one ?? "");
      await client.zadd(record.redisKey("tail"), 1, "x");
    });
    await expect(redis.load(id, key)).rejects.toThrow("redis.memory");
  });

  test("after erasure every script refuses, also a writer that still holds the key", async () => {
    const { redis, state, id, key } = await make();
    await erase(id);
    const messages = [said(5, "customer", "late")];
    expect(await redis.load(id, key)).toEqual({ kind: "miss" });
    expect(await redis.append(id, key, { after: 4, through: 5, messages })).toBe("gone");
    expect(await redis.save(id, key, state)).toBe("gone");
    expect(await redis.exists(id)).toBe(false);
  });
});
