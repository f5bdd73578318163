import { Refusal } from "@/lib/errors";
import { newId } from "@/lib/id";
import { countTokens } from "@/lib/memory";
import { bodyMac } from "@/lib/privacy";
import type { RedactedText, SubjectKey } from "@/lib/privacy/schema";
import { db, isUniqueViolation, Prisma, tally, transact } from "@/lib/storage";
import type { Tx } from "@/lib/storage/schema";
import { type MessageRow, sealTitle, viewOf } from "./message-seal";
import type { Accepted, Answerer, ClaimedTurn } from "./schema";
import { claimedOf, look, RATE_SECONDS, type Seen } from "./store-accept-look";
import { beginWaiting } from "./store-hand-off";
import { type Held, lockConversation, nextSeq, requireActive, requireSameKey } from "./store-lock";
import { insertMessage, messageFields } from "./store-message";
import { planTurn } from "./store-turn-queue";

/** Silence after which a conversation counts as solved, and how long a message still reopens it. */
export const SILENCE_HOURS = 24;
const REOPEN_DAYS = 7;
const SENT_MAX = 20;

/** A message that an older installation kept for this conversation. */
export type Earlier = { role: "customer" | "assistant"; text: RedactedText };
export type Sent = {
  id: string;
  conversationId: string;
  text: RedactedText;
  /** The conversation is made with it, unless somebody else's message was first, and begins with what came earlier. */
  first?: { earlier: readonly Earlier[] };
};

/** Whether a conversation of this id is, or may become, the customer's; refuses otherwise, where it was deleted, and where nothing new may be processed. */
export async function requireRecipient(customerId: string, conversationId: string): Promise<void> {
  const [row] = await db().$queryRaw<{ state: string; foreign: boolean; gone: boolean }[]>`
    SELECT p.state::text, coalesce(c.customer_id <> p.id, false) AS "foreign",
      EXISTS (SELECT 1 FROM "GoneConversation" g WHERE g.id = ${conversationId}::uuid) AS gone
    FROM "Customer" p LEFT JOIN "Conversation" c ON c.id = ${conversationId}::uuid
    WHERE p.id = ${customerId}::uuid AND p.state IN ('active', 'restricted')`;
  if (!row || row.foreign) {
    throw new Refusal("not_found");
  }
  if (row.state !== "active") {
    throw new Refusal("processing_restricted");
  }
  // It was deleted while a tab still showed it.
  if (row.gone) {
    throw new Refusal("conversation_closed");
  }
}

/** What was stored, and the turn where the answerer got it in the same act. */
export type Stored = Accepted & { claimed?: ClaimedTurn };

/**
 * Stores the message and its turn, everything or nothing. The same id is answered the same, however often it comes.
 * A turn that has nothing to wait for is the answerer's at once: one commit instead of two, and the answerer begins before
 * it has reached the disk. Null where the customer has no such conversation and this is not its first message.
 */
export async function storeCustomerMessage(
  key: SubjectKey,
  sent: Sent,
  answerer?: Answerer,
): Promise<Stored | null> {
  try {
    return await storeOnce(key, sent, answerer);
  } catch (error) {
    // Two conversations received the same id at once: the second try sees the first one's row.
    if (isUniqueViolation(error)) {
      return await storeOnce(key, sent, answerer);
    }
    throw error;
  }
}

async function storeOnce(key: SubjectKey, sent: Sent, answerer?: Answerer): Promise<Stored | null> {
  const storing: Promise<Stored | null> = transact((tx) =>
    accept(tx, key, sent, answerer && { id: answerer.runnerId, begin }),
  );
  const begin = (turn: ClaimedTurn) => {
    const committed = storing.then(() => undefined);
    // Whoever begins hears of a failure; the sender does in any case.
    committed.catch(() => undefined);
    answerer?.begin(turn, committed);
  };
  return await storing;
}

type Runner = { id: string | null; begin(turn: ClaimedTurn): void };

async function accept(
  tx: Tx,
  key: SubjectKey,
  sent: Sent,
  runner: Runner | undefined,
): Promise<Stored | null> {
  await createIfFirst(tx, key, sent);
  // Sent together and carried out in this order: what is seen is seen under the lock.
  const [held, seen] = await Promise.all([
    lockConversation(tx, sent.conversationId, key.ownerId),
    look(tx, key.ownerId, sent),
  ]);
  if (!(held && seen)) {
    return null;
  }
  requireActive(held);
  requireSameKey(held, key);
  if (seen.known) {
    return await findAccepted(tx, key, sent);
  }
  if (seen.sentLately >= SENT_MAX) {
    throw new Refusal("rate_limited");
  }
  refuseLongSolved(held);
  return await store(tx, key, sent, { held, seen, runner });
}

type Found = { held: Held; seen: Seen; runner: Runner | undefined };

async function store(tx: Tx, key: SubjectKey, sent: Sent, found: Found): Promise<Stored> {
  const { held, seen, runner } = found;
  const { id, conversationId, text } = sent;
  const earlier = held.lastSeq === 0 ? (sent.first?.earlier ?? []) : [];
  await insertEarlier(tx, key, held.id, earlier);
  // Ours alone while the row is held; `touched` writes it down.
  const seq = held.lastSeq + earlier.length + 1;
  const answers = held.owner === "AI" && held.answersOn;
  const turn = answers ? planTurn(held, seen, seq, runner?.id) : null;
  const turnId = turn?.id ?? null;
  const tokens = countTokens(text);
  const customerId = key.ownerId;
  const title = earlier.find(({ role }) => role === "customer")?.text ?? text;
  const storing = insertMessage(
    tx,
    key,
    {
      id,
      conversationId,
      customerId,
      seq,
      role: "customer",
      text,
      tokens,
      createdAt: seen.now,
      ...(turnId && { turnId }),
    },
    [
      ...(turn ? [turn.statement] : []),
      touched(held, seq, { title: sealTitle(key, held.id, title), claimed: turn?.claimed }),
    ],
  );
  const claimed = turn?.claimed
    ? begin(runner, (runnerId) =>
        claimedOf(held, seen, { runnerId, turnId: turn.id, id, seq, text, tokens }),
      )
    : null;
  const message = await storing;
  if (!held.answersOn) {
    await beginWaiting(tx, held, "answers_off");
  }
  return { conversationId, message, turnId, created: true, ...(claimed && { claimed }) };
}

// The statement is on its way: the model may be asked while it is carried out and committed.
function begin(runner: Runner | undefined, claim: (runnerId: string) => ClaimedTurn) {
  const claimed = runner?.id ? claim(runner.id) : null;
  if (claimed) {
    runner?.begin(claimed);
  }
  return claimed;
}

// Its times are not known: it is dated before the window of the rate limit, which it must not use up.
async function insertEarlier(
  tx: Tx,
  key: SubjectKey,
  conversationId: string,
  earlier: readonly Earlier[],
): Promise<void> {
  const createdAt = new Date(Date.now() - (RATE_SECONDS + 1) * 1000);
  const customerId = key.ownerId;
  for (const { role, text } of earlier) {
    const seq = await nextSeq(tx, conversationId);
    const message = { id: newId(), conversationId, customerId, seq, role, text, createdAt };
    await insertMessage(tx, key, message);
  }
}

async function createIfFirst(tx: Tx, key: SubjectKey, { conversationId, first }: Sent) {
  const created =
    first &&
    (await db(tx).$executeRaw`
      INSERT INTO "Conversation" (id, customer_id) VALUES (${conversationId}::uuid, ${key.ownerId}::uuid)
      ON CONFLICT (id) DO NOTHING`);
  if (created === 1) {
    await tally(tx, "conversations");
  }
}

type Known = MessageRow & { conversationId: string; customerId: string; bodyMac: Uint8Array };

async function findAccepted(tx: Tx, key: SubjectKey, sent: Sent): Promise<Accepted> {
  const [row] = await db(tx).$queryRaw<Known[]>`
    SELECT ${messageFields}, m.conversation_id AS "conversationId", m.customer_id AS "customerId",
      m.body_mac AS "bodyMac"
    FROM "Message" m WHERE m.id = ${sent.id}::uuid`;
  if (row?.customerId !== key.ownerId) {
    throw new Refusal("not_found");
  }
  const same = Buffer.from(row.bodyMac).equals(bodyMac(key, sent.text));
  if (!same || row.conversationId !== sent.conversationId || row.role !== "customer") {
    throw new Refusal("message_id_reused");
  }
  const message = viewOf(key, row);
  return { conversationId: sent.conversationId, message, turnId: row.turnId, created: false };
}

function refuseLongSolved({ status, silentSeconds, lastSeq }: Held): void {
  const silentDays = silentSeconds / 86_400;
  const over = status === "solved" || (status === "open" && silentDays * 24 > SILENCE_HOURS);
  if (lastSeq > 0 && over && silentDays > REOPEN_DAYS) {
    throw new Refusal("conversation_closed");
  }
}

type Touch = { title: Uint8Array; claimed: boolean | undefined };

// A message reopens what was solved; the owner stays what it is (solving gave it back to the agent).
function touched(held: Held, seq: number, { title, claimed = false }: Touch): Prisma.Sql {
  return Prisma.sql`
    UPDATE "Conversation" SET
      last_seq = ${seq},
      last_message_at = clock_timestamp(),
      last_customer_seq = ${seq},
      customer_read_seq = ${seq},
      generation = generation + ${claimed ? 1 : 0}::int,
      status = CASE WHEN status = 'solved' THEN 'open' ELSE status END,
      solved_at = CASE WHEN status = 'solved' THEN NULL ELSE solved_at END,
      title_sealed = coalesce(title_sealed, ${title})
    WHERE id = ${held.id}::uuid`;
}
