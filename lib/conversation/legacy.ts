import { dropLegacyHistory, takeOverLegacyHistory } from "@/lib/memory";
import { report } from "@/lib/observability";
import { redact } from "@/lib/privacy";
import type { SubjectKey } from "@/lib/privacy/schema";
import type { Earlier } from "./store-accept";

/** The newest of a long history: more would keep the first message waiting. */
const TAKEN_MAX = 300;

/**
 * What an older installation on `@langchain/redis` kept under this conversation's id, redacted, oldest first. Whoever
 * continues the conversation holds its id, which was all that installation asked for. Without Redis there is none.
 */
export async function readLegacy(key: SubjectKey, conversationId: string): Promise<Earlier[]> {
  try {
    const messages = await takeOverLegacyHistory(conversationId);
    const earlier: Earlier[] = [];
    for (const { role, text } of messages.slice(-TAKEN_MAX)) {
      earlier.push({ role, text: await redact(key, text) });
    }
    return earlier;
  } catch (error) {
    reportUnlessGone(error, "conversation.legacy.read");
    return [];
  }
}

/** Its clear text leaves Redis once the record has it. */
export async function dropLegacy(conversationId: string): Promise<void> {
  try {
    await dropLegacyHistory(conversationId);
  } catch (error) {
    report(error, { where: "conversation.legacy.drop" });
  }
}

function reportUnlessGone(error: unknown, where: string): void {
  if (!(error instanceof Error && error.name === "RedisGone")) {
    report(error, { where });
  }
}
