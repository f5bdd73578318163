import { z } from "zod";
import { log } from "@/lib/observability";
import { withRedis } from "@/lib/storage";

/** A message as `@langchain/redis` stores it: `mapChatMessagesToStoredMessages`, newest first in a list. */
const Stored = z.object({
  type: z.string(),
  data: z.object({ content: z.unknown(), name: z.string().nullish() }),
});

/** A message of an older installation, in clear: it must be redacted before it is stored. */
export type LegacyMessage = { role: "customer" | "assistant"; text: string };

/**
 * The messages of a conversation that is found only in the layout of `@langchain/redis`'s RedisChatMessageHistory
 * (a list under the session id itself, newest first), oldest first; empty when there is none.
 *
 * It returns them instead of storing them, because only the record may: the conversation room redacts, numbers and
 * seals them under the customer who was shown to own the session, then calls `dropLegacyHistory`, so that no clear
 * text stays behind. System and tool messages are not taken: they were instructions of another program.
 */
export async function takeOverLegacyHistory(sessionId: string): Promise<LegacyMessage[]> {
  // Our own keys are no session of anybody.
  if (sessionId === "" || sessionId.startsWith("rc:")) {
    return [];
  }
  const items = await withRedis(
    async (redis) =>
      (await redis.type(sessionId)) === "list" ? await redis.lrange(sessionId, 0, -1) : [],
    sessionId,
  );
  const messages = items.reverse().map(read);
  const unreadable = messages.filter((message) => message === "unreadable").length;
  if (unreadable > 0) {
    log.warn({ event: "legacy_history_unreadable", messages: unreadable });
  }
  return messages.filter((message) => typeof message === "object" && message !== null);
}

/** Removes a session that was taken over. */
export async function dropLegacyHistory(sessionId: string): Promise<void> {
  if (sessionId !== "" && !sessionId.startsWith("rc:")) {
    await withRedis((redis) => redis.del(sessionId), sessionId);
  }
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
