import type { CustomerCaller } from "@/lib/auth/schema";
import { asRedacted, keyOf, redact, restore } from "@/lib/privacy";
import { cleanText } from "./clean-text";
import { dropLegacy, readLegacy } from "./legacy";
import type { Accepted } from "./schema";
import { findRecipient, storeCustomerMessage } from "./store-accept";
import { ringConsole, ringConversation } from "./store-events";

type Message = { id: string; conversationId: string; text: string };

/**
 * Takes a customer's message in: redacted once, stored with its turn in one transaction, idempotent by the client's
 * UUIDv7. The first message makes the conversation, whose id the client made too.
 *
 * Refuses `message_empty`, `message_too_long`, `message_id_reused` (same id, another body), `conversation_closed`
 * (silent for over 7 days: begin a new one), `rate_limited` and, for what is absent or somebody else's, `not_found`.
 */
export async function acceptMessage(caller: CustomerCaller, given: Message): Promise<Accepted> {
  const text = cleanText(given.text);
  const { keyEpoch, isNew } = await findRecipient(caller.id, given.conversationId);
  const key = await keyOf({ id: caller.id, keyEpoch });
  const redacted = await redact(key, text);
  const earlier = isNew ? await readLegacy(key, given.conversationId) : [];
  const accepted = await storeCustomerMessage(key, { ...given, text: redacted, isNew, earlier });
  if (earlier.length > 0) {
    await dropLegacy(given.conversationId);
  }
  await Promise.all([ringConversation(given.conversationId), ringConsole()]);
  const shown = await restore(key, asRedacted(accepted.message.text));
  return { ...accepted, message: { ...accepted.message, text: shown } };
}
