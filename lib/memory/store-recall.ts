import type { SubjectKey } from "@/lib/privacy/schema";
import { db } from "@/lib/storage";

/**
 * The seqs up to `through` that may no longer be read, of a conversation that is this owner's under this very key; null
 * when it is not, or they may not be processed any more.
 */
export async function listForgottenSeqs(
  conversationId: string,
  owner: SubjectKey,
  through: number,
): Promise<number[] | null> {
  const rows = await db().$queryRaw<{ seq: number | null }[]>`
    SELECT m.seq FROM "Conversation" c JOIN "Customer" p ON p.id = c.customer_id
      LEFT JOIN "Message" m ON m.conversation_id = c.id AND m.forgotten_at IS NOT NULL AND m.seq <= ${through}
    WHERE c.id = ${conversationId}::uuid AND p.id = ${owner.ownerId}::uuid
      AND p.key_epoch = ${owner.epoch} AND p.state = 'active'`;
  return rows.length === 0 ? null : rows.flatMap(({ seq }) => seq ?? []);
}
