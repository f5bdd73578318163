import { describe, expect, test } from "vitest";
import { forgetConversationMemory, rememberTurn } from "@/lib/memory";
import { chatted, said } from "./for-tests";
import { retryDrops } from "./forget";
import type { MemoryPort } from "./port";
import { ports } from "./ports";
import type { Summarizer } from "./schema";
import { erase, TestRecord, testRedis } from "./store-for-tests";
import { extractive } from "./summarizer-for-tests";
import { expectWhole, prepare, runFold, turn } from "./turn-for-tests";

describe("forgetting", () => {
  test("a message leaves prompt, summary and ledger, and never comes back", async () => {
    const record = await TestRecord.make();
    await turn(record, "My name is Sarah, order #ORD-111222", "Hello");
    await record.say(chatted(20, 3, 40));
    await runFold(record);
    expect(JSON.stringify(await expectWhole(record))).toContain("ORD-111222");
    record.messages = record.messages.filter(({ seq }) => seq !== 1);
    expect(await forgetConversationMemory(record.conversationId, record.customerId)).toBe(true);
    expect(await testRedis((redis) => redis.exists(record.redisKey("memory")))).toBe(0);
    const fresh = await expectWhole(record);
    expect(fresh).toMatchObject({ summary: null, ledger: [], coveredThrough: 0 });
    await runFold(record);
    expect(JSON.stringify(await expectWhole(record))).not.toContain("ORD-111222");
  });

  test("a copy that Redis could not delete when it was forgotten is deleted once Redis is back", async () => {
    const record = await TestRecord.make();
    await turn(record, "My name is Sarah", "Hello");
    const held = ports();
    const real = held.redis;
    const gone = () => Promise.reject(new Error("gone"));
    held.redis = { name: "redis", delete: gone } as unknown as MemoryPort;
    try {
      expect(await forgetConversationMemory(record.conversationId, record.customerId)).toBe(true);
      await retryDrops();
    } finally {
      held.redis = real;
    }
    expect(await testRedis((redis) => redis.exists(record.redisKey("memory")))).toBe(1);
    await retryDrops();
    expect(await testRedis((redis) => redis.exists(record.redisKey("memory")))).toBe(0);
  });

  test("a fold that was under way when a message was forgotten loses", async () => {
    const record = await TestRecord.make();
    await record.say(chatted(20, 1, 40));
    const summarize = extractive();
    const slow: Summarizer = async (...given) => {
      await forgetConversationMemory(record.conversationId, record.customerId);
      return await summarize(...given);
    };
    expect((await runFold(record, slow)).failure).toBe("lost");
    expect((await record.memoryRow())?.summarySealed ?? null).toBeNull();
  });

  test("another customer cannot reset a memory, and the owner still can", async () => {
    const [record, other] = [await TestRecord.make(), await TestRecord.make()];
    await record.say(chatted(20, 1, 40));
    await runFold(record);
    expect(await forgetConversationMemory(record.conversationId, other.customerId)).toBe(false);
    expect((await record.memoryRow())?.summarySealed).not.toBeNull();
    expect(await forgetConversationMemory(record.conversationId, record.customerId)).toBe(true);
  });

  test("after erasure a writer who comes late is refused", async () => {
    const record = await TestRecord.make();
    await turn(record, "hello", "hi");
    await erase(record.conversationId);
    expect(await testRedis((redis) => redis.exists(record.redisKey("memory")))).toBe(0);
    const late = await rememberTurn(record.conversationId, record.key, [said(3, "customer", "x")]);
    expect(late).toBe("gone");
    expect(await testRedis((redis) => redis.exists(record.redisKey("tail")))).toBe(0);
    expect((await prepare(record)).state.tail).toHaveLength(2);
  });
});
