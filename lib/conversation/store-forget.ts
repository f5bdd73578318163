import { Refusal } from "@/lib/errors";
import { db, Prisma, transact } from "@/lib/storage";
import type { Tx } from "@/lib/storage/schema";
import { dropWords, ringConversation } from "./store-events";
import { lockConversation } from "./store-lock";

type Forgetting = {
  conversationId: string;
  /** Null is every message. */
  messageIds: readonly string[] | null;
};

/**
 * Has messages of one conversation forgotten for its customer, tool results among them: they leave record, search and, where
 * the first of them is gone, the title. `alongside` resets what was derived from them, in the same transaction, so that
 * nothing is half forgotten; it is told how many there were. Answers how many were not forgotten before.
 */
export async function forgetMessages(
  owner: { id: string },
  { conversationId, messageIds }: Forgetting,
  alongside: (tx: Tx, forgotten: number) => Promise<unknown>,
): Promise<number> {
  const count = await transact(async (tx) => {
    if (!(await lockConversation(tx, conversationId, owner.id))) {
      throw new Refusal("not_found");
    }
    const which = messageIds ? Prisma.sql`AND id = ANY(${[...messageIds]}::uuid[])` : Prisma.empty;
    const forgotten = await db(tx).$executeRaw`
      UPDATE "Message" SET forgotten_at = clock_timestamp()
      WHERE conversation_id = ${conversationId}::uuid AND customer_id = ${owner.id}::uuid
        AND forgotten_at IS NULL AND role IN ('customer', 'assistant', 'staff', 'tool') ${which}`;
    await forgetIndexed(tx, conversationId, owner.id);
    await alongside(tx, forgotten);
    return forgotten;
  });
  await dropWords(conversationId);
  await ringConversation(conversationId);
  return count;
}

async function forgetIndexed(tx: Tx, conversationId: string, customerId: string): Promise<void> {
  await db(tx).$executeRaw`
    DELETE FROM "Search" s USING "Message" m
    WHERE s.id = m.id AND m.forgotten_at IS NOT NULL
      AND m.conversation_id = ${conversationId}::uuid AND m.customer_id = ${customerId}::uuid`;
  // The title is the beginning of the first message.
  await db(tx).$executeRaw`
    UPDATE "Conversation" c SET title_sealed = NULL
    WHERE c.id = ${conversationId}::uuid AND c.customer_id = ${customerId}::uuid AND (
      SELECT m.forgotten_at IS NOT NULL FROM "Message" m
      WHERE m.conversation_id = c.id AND m.role = 'customer' ORDER BY m.seq LIMIT 1)`;
}
