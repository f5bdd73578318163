import { Refusal } from "@/lib/errors";
import { newId } from "@/lib/id";
import { bodyMac } from "@/lib/privacy";
import type { RedactedText, SubjectKey } from "@/lib/privacy/schema";
import { db, isUniqueViolation, tally, transact } from "@/lib/storage";
import type { Tx } from "@/lib/storage/schema";
import { type MessageRow, sealTitle, viewOf } from "./message-seal";
import type { Accepted } from "./schema";
import { beginWaiting } from "./store-hand-off";
import { type Held, nextSeq, requireLocked, requireSameKey } from "./store-lock";
import { insertMessage, messageFields } from "./store-message";
import { queueTurn } from "./store-turn-queue";

/** Silence after which a conversation counts as solved, and how long a message still reopens it. */
export const SILENCE_HOURS = 24;
const REOPEN_DAYS = 7;
const RATE = { messages: 20, seconds: 60 };

/** A message that an older installation kept for this conversation. */
export type Earlier = { role: "customer" | "assistant"; text: RedactedText };
type Sent = {
  id: string;
  conversationId: string;
  text: RedactedText;
  /** False where the conversation is known to be there. */
  isNew: boolean;
  earlier?: readonly Earlier[];
};
type Recipient = { keyEpoch: number; isNew: boolean };

/** Ownership and state in one query: who is written for, and whether this conversation may be theirs. */
export async function findRecipient(
  customerId: string,
  conversationId: string,
): Promise<Recipient> {
  const [row] = await db().$queryRaw<(Recipient & { state: string; foreign: boolean })[]>`
    SELECT p.state::text, p.key_epoch AS "keyEpoch", c.id IS NULL AS "isNew",
           coalesce(c.customer_id <> p.id, false) AS "foreign"
    FROM "Customer" p LEFT JOIN "Conversation" c ON c.id = ${conversationId}::uuid
    WHERE p.id = ${customerId}::uuid AND p.state IN ('active', 'restricted')`;
  if (!row || row.foreign) {
    throw new Refusal("not_found");
  }
  if (row.state !== "active") {
    throw new Refusal("processing_restricted");
  }
  return { keyEpoch: row.keyEpoch, isNew: row.isNew };
}

/** Stores the message and its turn, everything or nothing. The same id is answered the same, however often it comes. */
export async function storeCustomerMessage(key: SubjectKey, sent: Sent): Promise<Accepted> {
  try {
    return await transact((tx) => accept(tx, key, sent));
  } catch (error) {
    // Two conversations received the same id at once: the second try sees the first one's row.
    if (isUniqueViolation(error)) {
      return await transact((tx) => accept(tx, key, sent));
    }
    throw error;
  }
}

async function accept(tx: Tx, key: SubjectKey, sent: Sent): Promise<Accepted> {
  const held = await lockOrCreate(tx, key, sent);
  const before = await findAccepted(tx, key, sent);
  if (before) {
    return before;
  }
  await limitRate(tx, key.ownerId);
  refuseLongSolved(held);
  const earlier = held.lastSeq === 0 ? (sent.earlier ?? []) : [];
  await insertEarlier(tx, key, held.id, earlier);
  // Ours alone while the row is held; `touch` writes it down.
  const seq = held.lastSeq + earlier.length + 1;
  const answers = held.owner === "AI" && held.answersOn;
  const turnId = answers ? await queueTurn(tx, held, seq) : null;
  const { id, conversationId, text } = sent;
  const message = await insertMessage(tx, key, {
    id,
    conversationId,
    customerId: key.ownerId,
    seq,
    role: "customer",
    text,
    ...(turnId && { turnId }),
  });
  await touch(tx, key, held, seq, earlier.find(({ role }) => role === "customer")?.text ?? text);
  if (!held.answersOn) {
    await beginWaiting(tx, held, "answers_off");
  }
  return { conversationId, message, turnId, created: true };
}

// Its times are not known: it is dated before the window of the rate limit, which it must not use up.
async function insertEarlier(
  tx: Tx,
  key: SubjectKey,
  conversationId: string,
  earlier: readonly Earlier[],
): Promise<void> {
  const createdAt = new Date(Date.now() - (RATE.seconds + 1) * 1000);
  const customerId = key.ownerId;
  for (const { role, text } of earlier) {
    const seq = await nextSeq(tx, conversationId);
    const message = { id: newId(), conversationId, customerId, seq, role, text, createdAt };
    await insertMessage(tx, key, message);
  }
}

async function lockOrCreate(tx: Tx, key: SubjectKey, sent: Sent): Promise<Held> {
  const { conversationId, isNew } = sent;
  const created =
    isNew &&
    (await db(tx).$executeRaw`
      INSERT INTO "Conversation" (id, customer_id) VALUES (${conversationId}::uuid, ${key.ownerId}::uuid)
      ON CONFLICT (id) DO NOTHING`);
  if (created === 1) {
    await tally(tx, "conversations");
  }
  const held = await requireLocked(tx, conversationId, key.ownerId);
  requireSameKey(held, key);
  return held;
}

type Known = MessageRow & { conversationId: string; customerId: string; bodyMac: Uint8Array };

async function findAccepted(tx: Tx, key: SubjectKey, sent: Sent): Promise<Accepted | null> {
  const [row] = await db(tx).$queryRaw<Known[]>`
    SELECT ${messageFields}, m.conversation_id AS "conversationId", m.customer_id AS "customerId",
      m.body_mac AS "bodyMac"
    FROM "Message" m WHERE m.id = ${sent.id}::uuid`;
  if (!row) {
    return null;
  }
  if (row.customerId !== key.ownerId) {
    throw new Refusal("not_found");
  }
  const same = Buffer.from(row.bodyMac).equals(bodyMac(key, sent.text));
  if (!same || row.conversationId !== sent.conversationId || row.role !== "customer") {
    throw new Refusal("message_id_reused");
  }
  const message = viewOf(key, row);
  return { conversationId: sent.conversationId, message, turnId: row.turnId, created: false };
}

// Counted in PostgreSQL, so the limit holds when Redis is gone.
async function limitRate(tx: Tx, customerId: string): Promise<void> {
  const [recent] = await db(tx).$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM "Message"
    WHERE customer_id = ${customerId}::uuid AND role = 'customer'
      AND created_at > clock_timestamp() - make_interval(secs => ${RATE.seconds})`;
  if ((recent?.count ?? 0) >= RATE.messages) {
    throw new Refusal("rate_limited");
  }
}

function refuseLongSolved({ status, silentSeconds, lastSeq }: Held): void {
  const silentDays = silentSeconds / 86_400;
  const over = status === "solved" || (status === "open" && silentDays * 24 > SILENCE_HOURS);
  if (lastSeq > 0 && over && silentDays > REOPEN_DAYS) {
    throw new Refusal("conversation_closed");
  }
}

// A message reopens what was solved; the owner stays what it is (solving gave it back to the agent).
async function touch(tx: Tx, key: SubjectKey, held: Held, seq: number, text: RedactedText) {
  await db(tx).$executeRaw`
    UPDATE "Conversation" SET
      last_seq = ${seq},
      last_message_at = clock_timestamp(),
      last_customer_seq = ${seq},
      customer_read_seq = ${seq},
      status = CASE WHEN status = 'solved' THEN 'open' ELSE status END,
      solved_at = CASE WHEN status = 'solved' THEN NULL ELSE solved_at END,
      title_sealed = coalesce(title_sealed, ${sealTitle(key, held.id, text)})
    WHERE id = ${held.id}::uuid`;
}
