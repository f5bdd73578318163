import { keyOf } from "@/lib/privacy";
import type { SubjectKey } from "@/lib/privacy/schema";
import { db } from "@/lib/storage";
import { type MessageRow, openBody, openMeta } from "./message-seal";
import type { RecordedMessage } from "./schema";
import { messageColumns } from "./store-message";

type Owner = { id: string; keyEpoch: number };
type Row = MessageRow & { tokens: number };

const PAGE = 200;

const speakers: Record<RecordedMessage["role"], string> = {
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
  return await listRecorded(customer, conversationId, { gt: seq }, "asc", limit);
}

/** What was said before `seq`, newest first: for a reader who stops as soon as a budget is used up. */
export async function recordBefore(
  conversationId: string,
  customer: Owner,
  seq: number,
  { limit = PAGE }: { limit?: number } = {},
): Promise<RecordedMessage[]> {
  return await listRecorded(customer, conversationId, { lt: seq }, "desc", limit);
}

async function listRecorded(
  customer: Owner,
  conversationId: string,
  seq: { gt: number } | { lt: number },
  order: "asc" | "desc",
  limit: number,
): Promise<RecordedMessage[]> {
  const rows: Row[] = await db().message.findMany({
    where: {
      conversationId,
      seq,
      role: { not: "note" },
      forgottenAt: null,
      conversation: {
        customer: { id: customer.id, keyEpoch: customer.keyEpoch, state: "active" },
      },
    },
    orderBy: { seq: order },
    take: limit,
    select: { ...messageColumns, tokens: true },
  });
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
