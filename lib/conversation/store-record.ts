import { keyOf } from "@/lib/privacy";
import type { SubjectKey } from "@/lib/privacy/schema";
import { db, Prisma } from "@/lib/storage";
import { type MessageRow, openBody, openMeta } from "./message-seal";
import type { RecordedMessage } from "./schema";
import { messageFields } from "./store-message";

type Owner = { id: string; keyEpoch: number };
type Row = MessageRow & { tokens: number };

const PAGE = 200;

export const speakers: Record<RecordedMessage["role"], string> = {
  customer: "Customer",
  assistant: "Assistant",
  staff: "Support",
  tool: "Tool",
  boundary: "System",
  event: "System",
};

/**
 * What was said after `seq`, oldest first, in the placeholder form, as memory and agent may read it: final and
 * interrupted messages, no internal notes, nothing the customer had forgotten. Empty when the conversation is not this
 * customer's, or may not be processed any more.
 */
export async function since(
  conversationId: string,
  customer: Owner,
  seq: number,
  { limit = PAGE }: { limit?: number } = {},
): Promise<RecordedMessage[]> {
  return await listRecorded(
    customer,
    conversationId,
    Prisma.sql`m.seq > ${seq} ORDER BY m.seq`,
    limit,
  );
}

/** What was said before `seq`, newest first: for a reader who stops as soon as a budget is used up. */
export async function recordBefore(
  conversationId: string,
  customer: Owner,
  seq: number,
  { limit = PAGE }: { limit?: number } = {},
): Promise<RecordedMessage[]> {
  return await listRecorded(
    customer,
    conversationId,
    Prisma.sql`m.seq < ${seq} ORDER BY m.seq DESC`,
    limit,
  );
}

async function listRecorded(
  customer: Owner,
  conversationId: string,
  where: Prisma.Sql,
  limit: number,
): Promise<RecordedMessage[]> {
  const rows = await db().$queryRaw<Row[]>`
    SELECT ${messageFields}, m.tokens
    FROM "Message" m JOIN "Conversation" c ON c.id = m.conversation_id
      JOIN "Customer" p ON p.id = c.customer_id
    WHERE c.id = ${conversationId}::uuid AND p.id = ${customer.id}::uuid
      AND p.key_epoch = ${customer.keyEpoch} AND p.state = 'active'
      AND m.role <> 'note' AND m.forgotten_at IS NULL AND ${where} LIMIT ${limit}`;
  if (rows.length === 0) {
    return [];
  }
  const key = await keyOf(customer);
  return rows.flatMap((row) => recorded(key, row));
}

function recorded(key: SubjectKey, row: Row): RecordedMessage[] {
  if (row.role === "note") {
    return [];
  }
  const tool = openMeta(key, row)?.tool;
  const { id, seq, role, state, tokens, createdAt } = row;
  const text = openBody(key, row);
  const speaker = speakers[role];
  return [{ id, seq, role, state, text, tokens, createdAt, speaker, ...(tool && { tool }) }];
}
