import { z } from "zod";
import { db, evalScript, script, withRedis } from "@/lib/storage";
import { COMPRESSED } from "./envelope";
import type { StoreStats } from "./schema";
import { conversationsOf, keysOf } from "./store-redis-keys";

/**
 * KEYS memory tail · ARGV the mark of a compressed value. Bytes as Redis counts them, all of its own overhead included,
 * and whether any part is compressed; a value of another form is none of ours. Measuring is no use: nobody's time to live is prolonged.
 */
const MEASURE = script(`
if redis.call('TYPE', KEYS[1]).ok ~= 'hash' then return {0, 0, 0} end
local h = redis.call('HGET', KEYS[1], 'h')
if not h then return {0, 0, 0} end
local bytes = redis.call('MEMORY', 'USAGE', KEYS[1], 'SAMPLES', 0)
local t = redis.call('TYPE', KEYS[2]).ok
if t ~= 'none' then bytes = bytes + redis.call('MEMORY', 'USAGE', KEYS[2], 'SAMPLES', 0) end
local marked = string.sub(h, 1, 1) == ARGV[1]
if not marked and t == 'zset' then
  for _, m in ipairs(redis.call('ZRANGE', KEYS[2], 0, -1)) do
    if string.sub(m, 1, 1) == ARGV[1] then marked = true break end
  end
end
return {1, bytes, marked and 1 or 0}
`);

const Measured = z.tuple([z.number(), z.number(), z.number()]);
/** Measured in one go: a command may take no longer than half a second. */
const AT_ONCE = 100;
const BYTES_OF_MB = 1_048_576;
const BYTES_OF_KB = 1_024;

/** What Redis keeps of all conversations, or of one customer's. Throws RedisGone without Redis. */
export async function measureStore(customerId?: string): Promise<StoreStats> {
  const pages = customerId === undefined ? scanned() : owned(customerId);
  // SCAN may name a key twice.
  const ids = new Set<string>();
  for await (const page of pages) {
    for (const id of page) {
      ids.add(id);
    }
  }
  const all = [...ids];
  const sums = { conversations: 0, bytes: 0, compressed: 0 };
  for (let at = 0; at < all.length; at += AT_ONCE) {
    for (const [kept, bytes, compressed] of await Promise.all(
      all.slice(at, at + AT_ONCE).map(measure),
    )) {
      sums.conversations += kept;
      sums.bytes += bytes;
      sums.compressed += compressed;
    }
  }
  return {
    totalConversations: sums.conversations,
    compressedConversations: sums.compressed,
    totalMemoryMb: sums.bytes / BYTES_OF_MB,
    averageMemoryKb: sums.conversations === 0 ? 0 : sums.bytes / sums.conversations / BYTES_OF_KB,
  };
}

async function measure(conversationId: string): Promise<z.infer<typeof Measured>> {
  const [memory, tail] = keysOf(conversationId);
  return Measured.parse(await evalScript(MEASURE, [memory, tail], [COMPRESSED]));
}

async function* scanned(): AsyncGenerator<string[]> {
  let cursor = "0";
  do {
    const [next, keys] = await withRedis((redis) =>
      redis.scan(cursor, "MATCH", "rc:{*}:memory", "COUNT", 500),
    );
    yield conversationsOf(keys);
    cursor = next;
  } while (cursor !== "0");
}

async function* owned(customerId: string): AsyncGenerator<string[]> {
  const rows = await db().$queryRaw<{ id: string }[]>`
    SELECT id FROM "Conversation" WHERE customer_id = ${customerId}::uuid`;
  yield rows.map(({ id }) => id);
}
