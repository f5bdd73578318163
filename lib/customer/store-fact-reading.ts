import { db } from "@/lib/storage";
import type { Tx } from "@/lib/storage/schema";

/** How far a conversation was read for facts, whose it is, and the version that a write must name. */
export type FoundReading = {
  customer: { id: string; keyEpoch: number };
  through: number;
  version: number;
};

type Row = {
  customerId: string;
  keyEpoch: number;
  through: number | null;
  version: number | null;
};

/** Null where nothing may be learned: absent, its customer is not active, or has memory switched off. */
export async function findReading(conversationId: string): Promise<FoundReading | null> {
  const [row] = await db().$queryRaw<Row[]>`
    SELECT p.id AS "customerId", p.key_epoch AS "keyEpoch", r.through, r.version
    FROM "Conversation" c JOIN "Customer" p ON p.id = c.customer_id
      LEFT JOIN "FactReading" r ON r.conversation_id = c.id
    WHERE c.id = ${conversationId}::uuid AND p.state = 'active' AND p.memory_on`;
  if (!row) {
    return null;
  }
  if (row.version === null) {
    await insertReading(conversationId);
  }
  const { customerId: id, keyEpoch, through, version } = row;
  return { customer: { id, keyEpoch }, through: through ?? 0, version: version ?? 0 };
}

async function insertReading(conversationId: string): Promise<void> {
  await db().$executeRaw`
    INSERT INTO "FactReading" (conversation_id, customer_id)
    SELECT id, customer_id FROM "Conversation" WHERE id = ${conversationId}::uuid
    ON CONFLICT DO NOTHING`;
}

/** True when this version was there to be replaced: nothing of the conversation was forgotten meanwhile. */
export async function advanceReading(
  conversationId: string,
  { version, through }: { version: number; through: number },
  tx: Tx,
): Promise<boolean> {
  const advanced = await db(tx).$executeRaw`
    UPDATE "FactReading" SET through = ${through}, version = version + 1, updated_at = now()
    WHERE conversation_id = ${conversationId}::uuid AND version = ${version}`;
  return advanced === 1;
}

/**
 * Forgets what messages of one conversation said; null is all of it. The version rises, so that a reading under way,
 * which may hold these messages, loses.
 */
export async function forgetSaid(
  { conversationId, customerId }: { conversationId: string; customerId: string },
  messageIds: readonly string[] | null,
  tx: Tx,
): Promise<string[]> {
  await db(tx).$executeRaw`
    INSERT INTO "FactReading" (conversation_id, customer_id, version)
    SELECT id, customer_id, 1 FROM "Conversation"
    WHERE id = ${conversationId}::uuid AND customer_id = ${customerId}::uuid
    ON CONFLICT (conversation_id) DO UPDATE SET version = "FactReading".version + 1, updated_at = now()`;
  const ids = messageIds && [...messageIds];
  const rows = await db(tx).$queryRaw<{ id: string }[]>`
    SELECT id FROM "Fact" WHERE customer_id = ${customerId}::uuid
      AND conversation_id = ${conversationId}::uuid
      AND (${ids}::uuid[] IS NULL OR message_id = ANY(${ids}::uuid[]))`;
  return rows.map(({ id }) => id);
}

/** What was said while memory was off is never read later: every conversation counts as read up to here. */
export async function skipUnread(customerId: string, tx: Tx): Promise<void> {
  await db(tx).$executeRaw`
    INSERT INTO "FactReading" (conversation_id, customer_id, through, version)
    SELECT id, customer_id, last_seq, 1 FROM "Conversation" WHERE customer_id = ${customerId}::uuid
    ON CONFLICT (conversation_id) DO UPDATE SET through = EXCLUDED.through,
      version = "FactReading".version + 1, updated_at = now()`;
}
