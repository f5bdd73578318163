import { db } from "@/lib/storage";
import type { Tx } from "@/lib/storage/schema";

const LOOKED_AT = 5;

/**
 * Counts anew how many answers in a row, up to the newest, did not help: the turn failed or broke off, another model
 * answered, or the customer put a thumb down. A good answer ends the row; so does a person, since only what came after
 * the last boundary counts. Called with the conversation's row held.
 */
export async function recountFailed(tx: Tx, conversationId: string): Promise<void> {
  await db(tx).$executeRaw`
    WITH answered AS (
      SELECT t.created_at, t.id, t.fell_back OR t.state <> 'done' OR EXISTS (
        SELECT 1 FROM "Rating" r WHERE r.message_id = t.answer_id AND r.value = -1) AS failed
      FROM "Turn" t JOIN "Conversation" c ON c.id = t.conversation_id
      WHERE c.id = ${conversationId}::uuid AND t.through_seq > c.boundary_seq
        AND (t.state IN ('done', 'failed') OR (t.state = 'interrupted' AND t.failure LIKE 'model%'))
      ORDER BY t.created_at DESC, t.id DESC LIMIT ${LOOKED_AT}::int)
    UPDATE "Conversation" SET failed_answers = (
      SELECT count(*) FROM answered a WHERE NOT EXISTS (
        SELECT 1 FROM answered good
        WHERE NOT good.failed AND (good.created_at, good.id) >= (a.created_at, a.id)))
    WHERE id = ${conversationId}::uuid`;
}
