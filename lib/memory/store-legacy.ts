import { z } from "zod";
import { log } from "@/lib/observability";
import { openRedis, type RedisLink, withRedis } from "@/lib/storage";

/** A message as `@langchain/redis` stores it: `mapChatMessagesToStoredMessages`, newest first in a list. */
const Stored = z.object({
  type: z.string(),
  data: z.object({ content: z.unknown(), name: z.string().nullish() }),
});

/** A message of an older installation, in clear: it must be redacted before it is stored. */
export type LegacyMessage = { role: "customer" | "assistant"; text: string };

/** A whole list of LangChain's: messages oldest first, how many could not be read, what is left of its time to live. */
export type LegacyHistory = {
  messages: LegacyMessage[];
  unreadable: number;
  remainingMs: number | null;
};

/**
 * The messages of a conversation that is found only in the layout of `@langchain/redis`'s RedisChatMessageHistory
 * (a list under the session id itself, newest first), oldest first; empty when there is none.
 *
 * It returns them instead of storing them, because only the record may: the conversation room redacts, numbers and
 * seals them under the customer who was shown to own the session, then calls `dropLegacyHistory`, so that no clear
 * text stays behind. System and tool messages are not taken: they were instructions of another program.
 */
export async function takeOverLegacyHistory(sessionId: string): Promise<LegacyMessage[]> {
  const { messages, unreadable } = await readHistory({ withRedis }, sessionId);
  if (unreadable > 0) {
    log.warn({ event: "legacy_history_unreadable", messages: unreadable });
  }
  return messages;
}

/** Removes a session that was taken over. */
export async function dropLegacyHistory(sessionId: string): Promise<void> {
  await dropHistory({ withRedis }, sessionId);
}

/** All of LangChain's lists in a Redis, the installation's own or another; for a migration. */
export function openLegacyHistories(url?: string) {
  const link = openRedis(url);
  return {
    list: () => listSessions(link),
    read: (sessionId: string) => readHistory(link, sessionId),
    drop: (sessionId: string) => dropHistory(link, sessionId),
    close: () => link.close(),
  };
}

/** How many of a list's newest items are looked at to know whose it is. */
const LOOKED_AT = 3;

type Link = Pick<RedisLink, "withRedis">;

/** The session ids: every list of which one of the newest items is a message of LangChain's. */
async function* listSessions(link: Pick<RedisLink, "withRedis" | "scan">): AsyncGenerator<string> {
  for await (const keys of link.scan({ match: "*", type: "list" })) {
    for (const key of keys.filter((each) => !isOurs(each))) {
      const newest = await link.withRedis((redis) => redis.lrange(key, 0, LOOKED_AT - 1), key);
      if (newest.some((item) => read(item) !== "unreadable")) {
        yield key;
      }
    }
  }
}

async function readHistory(link: Link, sessionId: string): Promise<LegacyHistory> {
  if (isOurs(sessionId)) {
    return { messages: [], unreadable: 0, remainingMs: null };
  }
  const [items, left] = await link.withRedis(
    async (redis) =>
      (await redis.type(sessionId)) === "list"
        ? await Promise.all([redis.lrange(sessionId, 0, -1), redis.pttl(sessionId)])
        : ([[], -2] as [string[], number]),
    sessionId,
  );
  const all = items.reverse().map(read);
  return {
    messages: all.filter((message) => typeof message === "object" && message !== null),
    unreadable: all.filter((message) => message === "unreadable").length,
    remainingMs: left >= 0 ? left : null,
  };
}

async function dropHistory(link: Link, sessionId: string): Promise<void> {
  if (!isOurs(sessionId)) {
    await link.withRedis((redis) => redis.del(sessionId), sessionId);
  }
}

/** Our own keys are no session of anybody. */
function isOurs(sessionId: string): boolean {
  return sessionId === "" || sessionId.startsWith("rc:");
}

function read(item: string): LegacyMessage | "unreadable" | null {
  try {
    const { type, data } = Stored.parse(JSON.parse(item));
    if (type !== "human" && type !== "ai") {
      return null;
    }
    const text = textOf(data.content);
    return text === "" ? null : { role: type === "human" ? "customer" : "assistant", text };
  } catch {
    return "unreadable";
  }
}

const Part = z.object({ type: z.literal("text"), text: z.string() });

/** Content is a string, or parts of which the text ones count. */
function textOf(content: unknown): string {
  if (typeof content === "string") {
    return content;
  }
  const parts = z.array(z.unknown()).parse(content);
  return parts.flatMap((part) => Part.safeParse(part).data?.text ?? []).join("\n");
}
