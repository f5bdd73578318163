import { AIMessage, HumanMessage, SystemMessage } from "@langchain/core/messages";
import { RedisChatMessageHistory } from "@langchain/redis";
import { expect, test } from "vitest";
import { newId } from "@/lib/id";
import { dropLegacyHistory, takeOverLegacyHistory } from "@/lib/memory";
import { testRedis } from "./store-for-tests";

/** The part of node-redis that RedisChatMessageHistory uses, on our client: what it writes is its own. */
function writer(sessionId: string) {
  const client = {
    isReady: true,
    lPush: (key: string, value: string) => testRedis((redis) => redis.lpush(key, value)),
    lRange: (key: string, from: number, to: number) =>
      testRedis((redis) => redis.lrange(key, from, to)),
    expire: (key: string, seconds: number) => testRedis((redis) => redis.expire(key, seconds)),
    del: (key: string) => testRedis((redis) => redis.del(key)),
  };
  return new RedisChatMessageHistory({ sessionId, client: client as never, sessionTTL: 60 });
}

test("a conversation of @langchain/redis is read oldest first and then leaves Redis", async () => {
  const sessionId = newId();
  const legacy = writer(sessionId);
  await legacy.addMessage(new SystemMessage("You are helpful."));
  await legacy.addMessage(new HumanMessage("Where is order 12345?"));
  await legacy.addMessage(new AIMessage({ content: [{ type: "text", text: "On its way." }] }));
  await testRedis((redis) => redis.lpush(sessionId, "{broken"));
  expect(await takeOverLegacyHistory(sessionId)).toEqual([
    { role: "customer", text: "Where is order 12345?" },
    { role: "assistant", text: "On its way." },
  ]);
  await dropLegacyHistory(sessionId);
  expect(await takeOverLegacyHistory(sessionId)).toEqual([]);
});

test("our own keys and values of another type are no conversation of anybody", async () => {
  const name = `rc:legacy-${newId()}`;
  const other = newId();
  await testRedis(async (redis) => {
    await redis.lpush(name, JSON.stringify({ type: "human", data: { content: "x" } }));
    await redis.set(other, "a string", "EX", 60);
    await redis.expire(name, 60);
  });
  expect(await takeOverLegacyHistory(name)).toEqual([]);
  expect(await takeOverLegacyHistory(other)).toEqual([]);
});
