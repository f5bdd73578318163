import { z } from "zod";
import { keyOf, open, seal } from "@/lib/privacy";
import type { SubjectKey } from "@/lib/privacy/schema";
import { evalScript, listen, onNotify, RedisGone, script, withRedis } from "@/lib/storage";

const ENTRIES_MAX = 2000;
const TTL_SECONDS = 3600;
/** How many entries one reading takes: a reader never holds more. */
export const EVENTS_BATCH = 200;
const CONSOLE = "rc:console";
const QUEUE = "rc:queue";

/** What a running turn writes to the log. All else is a hint to look into PostgreSQL. */
const TurnEvent = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("delta"),
    turn: z.uuid(),
    offset: z.number().int(),
    text: z.string(),
  }),
  z.object({ type: z.literal("status"), turn: z.uuid(), text: z.string() }),
]);
export type TurnEvent = z.infer<typeof TurnEvent>;

/** An entry of the log: an event of a turn under its generation, or a bare hint that something changed. */
export type LogEntry = { id: string; generation: number; event: TurnEvent | null };

type Writer = { conversationId: string; customerId: string; keyEpoch: number; generation: number };

const keysOf = (id: string) => [`rc:{${id}}:events`, `rc:{${id}}:generation`, `rc:{${id}}:gone`];
const bellOf = (id: string) => `rc:{${id}}:bell`;
const typingOf = (id: string) => `rc:{${id}}:typing`;
const stopOf = (turnId: string) => `rc:stop:${turnId}`;
const place = (id: string) => ({ table: "rc:events", row: id, column: "event" });

/**
 * Adds an entry and rings the bell in one step. A generation lower than the log's is refused, so that a runner that was
 * overtaken cannot write; so is everything once the conversation is marked as gone. A hint (empty body) only ever
 * raises the generation. What stands there and is none of ours counts as nothing.
 */
const append = script(`
if redis.call('EXISTS', KEYS[3]) == 1 then return 'gone' end
local found = redis.pcall('GET', KEYS[2])
local held = type(found) == 'string' and tonumber(found) or 0
local given = tonumber(ARGV[1])
if given < held and ARGV[2] ~= '' then return 'stale' end
if given > held then redis.call('SET', KEYS[2], ARGV[1], 'EX', ARGV[4]) else redis.call('EXPIRE', KEYS[2], ARGV[4]) end
local kind = redis.call('TYPE', KEYS[1]).ok
if kind ~= 'stream' and kind ~= 'none' then redis.call('DEL', KEYS[1]) end
redis.call('XADD', KEYS[1], 'MAXLEN', '~', ARGV[3], '*', 'g', ARGV[1], 'e', ARGV[2])
redis.call('EXPIRE', KEYS[1], ARGV[4])
redis.call('PUBLISH', ARGV[5], '')
return 'ok'`);

const Appended = z.enum(["ok", "stale", "gone"]);
export type Appended = z.infer<typeof Appended> | "no_redis";

async function add(id: string, generation: number, body: Buffer): Promise<Appended> {
  const args = [generation, body, ENTRIES_MAX, TTL_SECONDS, bellOf(id)];
  const answer = await orGone(() => evalScript(append, keysOf(id), args));
  return answer === null ? "no_redis" : Appended.parse(String(answer));
}

/** Redis is a hint; without it everything goes on from PostgreSQL. */
async function orGone<T>(run: () => Promise<T>): Promise<T | null> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof RedisGone) {
      return null;
    }
    throw error;
  }
}

/** Writes one event of a turn, sealed under the customer's key. */
export async function appendEvent(writer: Writer, event: TurnEvent): Promise<Appended> {
  const key = await keyOf({ id: writer.customerId, keyEpoch: writer.keyEpoch });
  const sealed = seal(key, place(writer.conversationId), JSON.stringify(event));
  return await add(writer.conversationId, writer.generation, Buffer.from(sealed));
}

/** Tells every reader of a conversation to look into PostgreSQL, and fences off writers of a lower generation. */
export async function ringConversation(id: string, generation = 0): Promise<void> {
  await add(id, generation, Buffer.alloc(0));
}

/** Takes the words of answers out of the log, for what is forgotten; readers go on from PostgreSQL. */
export async function dropWords(id: string): Promise<void> {
  const [stream = ""] = keysOf(id);
  await orGone(() => withRedis((redis) => redis.xtrim(stream, "MAXLEN", 0)));
}

/** Tells every console that the inbox may have changed. */
export async function ringConsole(): Promise<void> {
  await orGone(() => withRedis((redis) => redis.publish(CONSOLE, "")));
}

/** Tells customers who wait for a person that their place, or who is there, may have changed. */
export async function ringQueue(): Promise<void> {
  await orGone(() => withRedis((redis) => redis.publish(QUEUE, "")));
}

/** Tells who looks at a conversation that one side is writing. Nothing is kept; without Redis nobody hears it. */
export async function ringTyping(id: string, by: "customer" | "staff"): Promise<void> {
  await orGone(() => withRedis((redis) => redis.publish(typingOf(id), by)));
}

/** Asks the runner of a turn to stop; the row's flag is what counts, this only makes it prompt. */
export async function ringStop(turnId: string): Promise<void> {
  await orGone(() => withRedis((redis) => redis.publish(stopOf(turnId), "")));
}

// What was rung is nothing that the handler should take for an argument of its own.
export const hearConversation = (id: string, handler: () => void) =>
  listen(bellOf(id), () => handler());
export const hearTyping = (id: string, handler: (by: string) => void) =>
  listen(typingOf(id), (by) => handler(by.toString()));
export const hearQueue = (handler: () => void) => listen(QUEUE, () => handler());
export const hearConsole = (handler: () => void) => listen(CONSOLE, handler);
export const hearStop = (turnId: string, handler: () => void) => listen(stopOf(turnId), handler);

/** Somebody is being erased or was deactivated: whoever may be concerned asks again at once. Told by PostgreSQL on commit. */
export const hearGone = (handler: () => void) => onNotify("gone", handler);

/** The id of the log's newest entry ("0" when it is empty), or null while Redis is gone. */
export async function lastEntryId(id: string): Promise<string | null> {
  return await orGone(async () => {
    const [key = ""] = keysOf(id);
    const [newest] = await withRedis((redis) => redis.xrevrange(key, "+", "-", "COUNT", 1), key);
    return newest?.[0] ?? "0";
  });
}

/** Whether one entry was written after another; everything is after nothing. */
export function isAfter(id: string, other: string | null): boolean {
  const [time = 0, count = 0] = id.split("-").map(Number);
  const [otherTime = 0, otherCount = 0] = (other ?? "0").split("-").map(Number);
  return time === otherTime ? count > otherCount : time > otherTime;
}

const Entries = z.array(z.tuple([z.instanceof(Buffer), z.array(z.instanceof(Buffer))]));

/** The entries after `afterId`, oldest first, one batch at most; null while Redis is gone. */
export async function readEntries(
  key: SubjectKey,
  id: string,
  afterId: string,
): Promise<LogEntry[] | null> {
  const [stream = ""] = keysOf(id);
  const found = await orGone(() =>
    withRedis(
      (redis) => redis.callBuffer("XRANGE", stream, `(${afterId}`, "+", "COUNT", EVENTS_BATCH),
      stream,
    ),
  );
  return found === null ? null : Entries.parse(found).map((entry) => openEntry(key, id, entry));
}

function openEntry(
  key: SubjectKey,
  id: string,
  [entryId, fields]: z.infer<typeof Entries>[number],
): LogEntry {
  const [, generation, , body] = fields;
  const event =
    body && body.length > 0 ? TurnEvent.parse(JSON.parse(open(key, place(id), body))) : null;
  return { id: entryId.toString(), generation: Number(generation), event };
}
