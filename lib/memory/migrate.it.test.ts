import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { FileSide, type MoveSide, migrateMemories, PostgresSide, RedisSide } from "@/lib/memory";
import { chatted } from "./for-tests";
import { erase, TestRecord, testRedis } from "./store-for-tests";
import { RedisMemory } from "./store-redis";
import { prepare, runFold } from "./turn-for-tests";

const run = (selection: { customerId?: string; pattern?: string }) => ({
  name: JSON.stringify([selection, Math.random()]),
  selection,
  progress: () => undefined,
  signal: new AbortController().signal,
});

/** A conversation that was folded, with metadata, whose copy lies in Redis. */
async function folded(): Promise<TestRecord> {
  const record = await TestRecord.make();
  await record.say(chatted(20, 1, 40));
  await runFold(record);
  await record.setMetadata({ channel: "web" });
  await prepare(record);
  return record;
}

const stateIn = async (side: MoveSide, record: TestRecord) =>
  (await side.read(record.conversationId, record.key))?.state;

test("from Redis over a file to Redis everything is kept: summary, cursor, metadata, times and what is left to live", async () => {
  const record = await folded();
  const redis = new RedisSide();
  const file = new FileSide(mkdtempSync(path.join(tmpdir(), "moved-")));
  const before = await stateIn(redis, record);
  expect(before).toMatchObject({ metadata: { channel: "web" } });
  expect(before?.coveredThrough).toBeGreaterThan(0);
  await testRedis((client) =>
    Promise.all([
      client.expire(record.redisKey("memory"), 1000),
      client.expire(record.redisKey("tail"), 1000),
    ]),
  );
  const only = { customerId: record.customerId };
  expect(await migrateMemories({ from: redis, to: file }, run(only))).toMatchObject({
    total: 1,
    migrated: 1,
    failed: 0,
  });
  // Reading it has not made it live longer.
  expect(await testRedis((client) => client.ttl(record.redisKey("memory")))).toBeLessThanOrEqual(
    1000,
  );
  await testRedis((client) => client.del(record.redisKey("memory"), record.redisKey("tail")));
  expect(await migrateMemories({ from: file, to: redis }, run({}))).toMatchObject({
    total: 1,
    migrated: 1,
  });
  expect(await stateIn(redis, record)).toEqual(before);
  for (const part of ["memory", "tail"] as const) {
    const left = await testRedis((client) => client.ttl(record.redisKey(part)));
    expect(left).toBeLessThanOrEqual(1000);
    expect(left).toBeGreaterThan(900);
  }
  // Used again, it lives as long as before.
  await new RedisMemory().load(record.conversationId, record.key);
  expect(await testRedis((client) => client.ttl(record.redisKey("memory")))).toBeGreaterThan(
    86_000,
  );
});

test("from PostgreSQL to Redis also what was never folded is moved", async () => {
  const record = await TestRecord.make();
  await record.say(chatted(2));
  const [postgres, redis] = [new PostgresSide(record.since), new RedisSide()];
  const result = await migrateMemories(
    { from: postgres, to: redis },
    run({ customerId: record.customerId }),
  );
  expect(result).toMatchObject({ total: 1, migrated: 1, failures: [] });
  expect((await stateIn(redis, record))?.tail).toEqual(record.messages);
});

test("from Redis to PostgreSQL a summary that the database lost comes back", async () => {
  const record = await folded();
  const [redis, postgres] = [new RedisSide(), new PostgresSide(record.since)];
  const before = await stateIn(postgres, record);
  await record.dropMemoryRow();
  expect((await stateIn(postgres, record))?.summary).toBeNull();
  const only = { customerId: record.customerId };
  expect(await migrateMemories({ from: redis, to: postgres }, run(only))).toMatchObject({
    migrated: 1,
    failures: [],
  });
  expect(await stateIn(postgres, record)).toEqual(before);
});

test("what is newer there stays as it is, and nothing of it is lost", async () => {
  const record = await folded();
  const [redis, postgres] = [new RedisSide(), new PostgresSide(record.since)];
  await record.say(chatted(30, 41, 40));
  await runFold(record);
  const newer = await stateIn(postgres, record);
  const id = record.conversationId;
  const stale = new FileSide(mkdtempSync(path.join(tmpdir(), "moved-")));
  const carried = await redis.read(id, record.key);
  expect(carried).not.toBeNull();
  const older = carried && { ...carried, state: { ...carried.state, version: 1 } };
  await (older ? stale.write(id, record.key, older) : null);
  const result = await migrateMemories({ from: stale, to: postgres }, run({}));
  expect(result).toMatchObject({ total: 1, migrated: 1 });
  expect(await stateIn(postgres, record)).toEqual(newer);
});

test("each one that cannot be moved is told by key and reason, and the others are moved", async () => {
  const records = [await folded(), await folded(), await folded(), await folded()];
  const [good, erased, ahead, restricted] = records as [
    TestRecord,
    TestRecord,
    TestRecord,
    TestRecord,
  ];
  const [redis, postgres] = [new RedisSide(), new PostgresSide(good.since)];
  const file = new FileSide(mkdtempSync(path.join(tmpdir(), "moved-")));
  for (const record of records) {
    const carried = await redis.read(record.conversationId, record.key);
    await (carried && file.write(record.conversationId, record.key, carried));
  }
  await erase(erased.conversationId);
  await restricted.setState("restricted");
  const toRedis = await migrateMemories({ from: file, to: redis }, run({}));
  expect(toRedis).toMatchObject({ total: 4, migrated: 2, failed: 2 });
  expect(toRedis.failures.toSorted(byReason)).toEqual([
    { key: erased.conversationId, reason: "erased" },
    { key: restricted.conversationId, reason: "its owner is restricted" },
  ]);
  await ahead.putBackTo(3);
  const pattern = `*${ahead.conversationId.slice(-12)}`;
  expect(await migrateMemories({ from: file, to: postgres }, run({ pattern }))).toMatchObject({
    total: 1,
    failures: [
      { key: ahead.conversationId, reason: "ahead of the record, which is the authority" },
    ],
  });
});

const byReason = (one: { reason: string }, other: { reason: string }) =>
  one.reason < other.reason ? -1 : 1;
