import { keyOf } from "@/lib/privacy";
import type { RedactedText } from "@/lib/privacy/schema";
import { db } from "@/lib/storage";
import { type MessageRow, openBody } from "./message-seal";
import { messageFields } from "./store-message";

/** A message to quote. `createdAt` is ISO. */
type QuotedMessage = {
  id: string;
  conversationId: string;
  text: RedactedText;
  createdAt: string;
};

type Row = MessageRow & { conversationId: string };

/**
 * Single messages of a customer's own conversations, in placeholder form, to show what something came from. What is
 * absent, somebody else's or forgotten is left out.
 */
export async function quoteMessages(
  customer: { id: string; keyEpoch: number },
  ids: readonly string[],
): Promise<QuotedMessage[]> {
  if (ids.length === 0) {
    return [];
  }
  const rows = await db().$queryRaw<Row[]>`
    SELECT ${messageFields}, m.conversation_id AS "conversationId"
    FROM "Message" m JOIN "Conversation" c ON c.id = m.conversation_id
      JOIN "Customer" p ON p.id = c.customer_id
    WHERE m.id = ANY(${[...ids]}::uuid[]) AND p.id = ${customer.id}::uuid
      AND p.key_epoch = ${customer.keyEpoch} AND p.state IN ('active', 'restricted')
      AND m.role IN ('customer', 'assistant', 'staff') AND m.forgotten_at IS NULL`;
  const key = await keyOf(customer);
  return rows.map((row) => ({
    id: row.id,
    conversationId: row.conversationId,
    text: openBody(key, row),
    createdAt: row.createdAt.toISOString(),
  }));
}
