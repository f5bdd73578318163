import type { SubjectKey } from "@/lib/privacy/schema";
import { keepMetric } from "./metrics";
import { policy } from "./policy";
import type { AppendAnswer } from "./port";
import { ports } from "./ports";
import { type Ports, quietly } from "./prepare";
import { weighAll } from "./prune";
import type { RecordedMessage } from "./schema";

/**
 * Adds recorded messages to the copy in one round trip, whatever the conversation's length. Call it after the commit,
 * with all messages since the memory was prepared, oldest first; the same call twice writes nothing twice. An
 * optimisation: when it fails or is forgotten, the next load catches up from the record.
 */
export async function rememberTurn(
  conversationId: string,
  key: SubjectKey,
  messages: RecordedMessage[],
  options: { ttlHours?: number } = {},
  { redis, process }: Pick<Ports, "redis" | "process"> = ports(),
): Promise<AppendAnswer | "failed"> {
  const [first] = messages;
  const last = messages.at(-1);
  if (!first || !last) {
    return "already";
  }
  const startedMs = performance.now();
  const append = { after: first.seq - 1, through: last.seq, messages };
  let answer = "failed" as AppendAnswer | "failed";
  await quietly(conversationId, async () => {
    answer = await redis.append(conversationId, key, append, options);
  });
  // Store first: what the store calls erased must not live on here.
  await (answer === "gone"
    ? process.delete(conversationId)
    : process.append(conversationId, key, append));
  keepMetric({
    timestamp: new Date().toISOString(),
    conversationId,
    tokenCount: weighAll(messages),
    processingTimeMs: performance.now() - startedMs,
    memoryType: `${policy.strategy}.append`,
    cacheHit: answer === "appended",
    error: answer === "failed" ? "redis_gone" : null,
  });
  return answer;
}
