import type { CustomerCaller } from "@/lib/auth/schema";
import { asRedacted, keyOf, redact, restore } from "@/lib/privacy";
import { cleanText } from "./clean-text";
import { dropLegacy, readLegacy } from "./legacy";
import type { Accepted, Answerer } from "./schema";
import { findRecipient, storeCustomerMessage } from "./store-accept";
import { ringConsole, ringConversation } from "./store-events";

type Circumstances = {
  /** Nothing is stored before this resolves, and its refusal is the answer. */
  allowed?: Promise<void>;
  answerer?: Answerer;
};
type Message = { id: string; conversationId: string; text: string };

/**
 * Takes a customer's message in: redacted once, stored with its turn in one transaction, idempotent by the client's
 * UUIDv7. The first message makes the conversation, whose id the client made too.
 *
 * Whoever answers is told as soon as it is stored; where they are free, the turn is theirs already.
 *
 * Refuses `message_empty`, `message_too_long`, `message_id_reused` (same id, another body), `conversation_closed`
 * (silent for over 7 days: begin a new one), `rate_limited` and, for what is absent or somebody else's, `not_found`.
 */
export async function acceptMessage(
  caller: CustomerCaller,
  given: Message,
  { allowed, answerer }: Circumstances = {},
): Promise<Accepted> {
  const text = cleanText(given.text);
  const { conversationId } = given;
  const [{ keyEpoch, isNew }] = await Promise.all([
    findRecipient(caller.id, conversationId),
    allowed,
  ]);
  const key = await keyOf({ id: caller.id, keyEpoch });
  const redacted = await redact(key, text);
  const earlier = isNew ? await readLegacy(key, conversationId) : [];
  const sent = { ...given, text: redacted, isNew, earlier };
  const { claimed, ...accepted } = await storeCustomerMessage(key, sent, answerer?.runnerId);
  const rung = Promise.all([ringConversation(conversationId, claimed?.generation), ringConsole()]);
  const turn = claimed ?? accepted.turnId;
  if (turn) {
    answerer?.answer(turn);
  }
  if (earlier.length > 0) {
    await dropLegacy(conversationId);
  }
  const [shown] = await Promise.all([restore(key, asRedacted(accepted.message.text)), rung]);
  return { ...accepted, message: { ...accepted.message, text: shown } };
}
