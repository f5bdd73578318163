import { dropMemoryCopies, type LegacyMessage } from "@/lib/memory";
import { redact } from "@/lib/privacy";
import type { SubjectKey } from "@/lib/privacy/schema";
import type { Earlier } from "./store-accept";
import { storeHistory } from "./store-import";

/**
 * Takes a whole history of another program into the record as a conversation of this customer, redacted, oldest first.
 * `stored` is false where the conversation has messages already, which stay as they are. `messages` is how they were
 * stored, or would have been: the same values get the same placeholders each time.
 */
export async function importHistory(
  key: SubjectKey,
  conversationId: string,
  history: { messages: readonly LegacyMessage[]; metadata: Record<string, unknown> },
): Promise<{ stored: boolean; messages: Earlier[] }> {
  const messages: Earlier[] = [];
  for (const { role, text } of history.messages) {
    messages.push({ role, text: await redact(key, text) });
  }
  const stored = await storeHistory(key, conversationId, { ...history, messages });
  if (stored) {
    await dropMemoryCopies(conversationId);
  }
  return { stored, messages };
}
