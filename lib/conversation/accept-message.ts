import type { CustomerCaller } from "@/lib/auth/schema";
import { Refusal } from "@/lib/errors";
import { asRedacted, keyOf, redact, restore } from "@/lib/privacy";
import type { SubjectKey } from "@/lib/privacy/schema";
import { cleanText } from "./clean-text";
import { dropLegacy, readLegacy } from "./legacy";
import type { Accepted, Answerer } from "./schema";
import { requireRecipient, type Sent, type Stored, storeCustomerMessage } from "./store-accept";
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
 * Whoever answers is told as soon as it is stored; where they are free, the turn is theirs already, and they begin while
 * the commit is on its way.
 *
 * Refuses `message_empty`, `message_too_long`, `message_id_reused` (same id, another body), `conversation_closed`
 * (silent for over 7 days, or deleted: begin a new one), `rate_limited` and, for what is absent or somebody else's, `not_found`.
 */
export async function acceptMessage(
  caller: CustomerCaller,
  given: Message,
  { allowed, answerer }: Circumstances = {},
): Promise<Accepted> {
  const text = cleanText(given.text);
  const { conversationId } = given;
  if (caller.restricted) {
    throw new Refusal("processing_restricted");
  }
  const [key] = await Promise.all([keyOf(caller), allowed]);
  const sent = { ...given, text: await redact(key, text) };
  // Most messages go on with a conversation, and whether they may is asked by the act that stores them.
  const { claimed, ...accepted } =
    (await storeCustomerMessage(key, sent, answerer)) ?? (await storeFirst(key, sent, answerer));
  const rung = Promise.all([ringConversation(conversationId, claimed?.generation), ringConsole()]);
  if (accepted.turnId && !claimed) {
    answerer?.answer(accepted.turnId);
  }
  const [shown] = await Promise.all([restore(key, asRedacted(accepted.message.text)), rung]);
  return { ...accepted, message: { ...accepted.message, text: shown } };
}

/** The first message of a conversation that is not there yet, with what an older installation kept of it. */
async function storeFirst(
  key: SubjectKey,
  sent: Sent,
  answerer: Answerer | undefined,
): Promise<Stored> {
  const { conversationId } = sent;
  await requireRecipient(key.ownerId, conversationId);
  const earlier = await readLegacy(key, conversationId);
  const stored = await storeCustomerMessage(key, { ...sent, first: { earlier } }, answerer);
  if (!stored) {
    throw new Refusal("not_found");
  }
  if (earlier.length > 0) {
    await dropLegacy(conversationId);
  }
  return stored;
}
