import { Refusal } from "@/lib/errors";
import type { SubjectKey } from "@/lib/privacy/schema";
import { db } from "@/lib/storage";
import type { Tx } from "@/lib/storage/schema";
import type { ClaimedTurn, ConversationOwner, ConversationStatus } from "./schema";
import { answersAreOn } from "./store-switch";

/** A conversation whose row this transaction holds: nobody else gives out a seq, a turn or the ownership meanwhile. */
export type Held = {
  id: string;
  customerId: string;
  status: ConversationStatus;
  owner: ConversationOwner;
  assigneeId: string | null;
  generation: number;
  lastSeq: number;
  lastCustomerSeq: number;
  /** Seconds since the last message, by the database's clock. */
  silentSeconds: number;
  /** The AI may answer on this installation. */
  answersOn: boolean;
  customerState: ClaimedTurn["customerState"];
  keyEpoch: number;
};

/**
 * Locks the conversation, first thing in every transaction that writes to it, so that all of them queue in one order.
 * Null when it is absent, somebody else's, or being erased.
 */
export async function lockConversation(
  tx: Tx,
  id: string,
  customerId: string | null = null,
): Promise<Held | null> {
  const [held] = await db(tx).$queryRaw<Held[]>`
    SELECT c.id, c.customer_id AS "customerId", c.status::text, c.owner::text,
           c.assignee_id AS "assigneeId", c.generation, c.last_seq AS "lastSeq",
           c.last_customer_seq AS "lastCustomerSeq",
           extract(epoch FROM clock_timestamp() - c.last_message_at)::float8 AS "silentSeconds",
           ${answersAreOn} AS "answersOn",
           p.state::text AS "customerState", p.key_epoch AS "keyEpoch"
    FROM "Conversation" c JOIN "Customer" p ON p.id = c.customer_id
    WHERE c.id = ${id}::uuid
      AND (${customerId}::uuid IS NULL OR c.customer_id = ${customerId}::uuid)
      AND p.state IN ('active', 'restricted')
    FOR UPDATE OF c`;
  return held ?? null;
}

/** The same, or a refusal: absent and foreign look alike, and a restricted customer's record takes nothing new. */
export async function requireLocked(
  tx: Tx,
  id: string,
  customerId: string | null = null,
): Promise<Held> {
  const held = await lockConversation(tx, id, customerId);
  if (!held) {
    throw new Refusal("not_found");
  }
  requireActive(held);
  return held;
}

/** A restricted customer's record takes nothing new. */
export function requireActive({ customerState }: Held): void {
  if (customerState !== "active") {
    throw new Refusal("processing_restricted");
  }
}

/** What was sealed before the lock was taken must open afterwards: the customer's key may have been replaced meanwhile. */
export function requireSameKey(held: Held, key: SubjectKey): void {
  if (held.keyEpoch !== key.epoch) {
    throw new Refusal("unavailable");
  }
}

/** Gives out the next seq. Only for whoever holds the row. */
export async function nextSeq(tx: Tx, conversationId: string): Promise<number> {
  const [row] = await db(tx).$queryRaw<{ lastSeq: number }[]>`
    UPDATE "Conversation" SET last_seq = last_seq + 1 WHERE id = ${conversationId}::uuid
    RETURNING last_seq AS "lastSeq"`;
  if (!row) {
    throw new Error("A conversation that is held is not there");
  }
  return row.lastSeq;
}
