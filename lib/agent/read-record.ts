import { recordBefore, since } from "@/lib/conversation";
import type { RecordedMessage } from "@/lib/memory/schema";

/** The record as memory reads it: times as ISO text, because a copy of it crosses a wire. */
export async function readRecord(
  conversationId: string,
  customer: { id: string; keyEpoch: number },
  seq: number,
  options: { limit?: number } = {},
): Promise<RecordedMessage[]> {
  return (await since(conversationId, customer, seq, options)).map(asMemoryReads);
}

/** What was said before `seq`, newest first, in the same form. */
export async function readRecordBefore(
  conversationId: string,
  customer: { id: string; keyEpoch: number },
  seq: number,
): Promise<RecordedMessage[]> {
  return (await recordBefore(conversationId, customer, seq)).map(asMemoryReads);
}

function asMemoryReads(message: Awaited<ReturnType<typeof since>>[number]): RecordedMessage {
  const { id, seq, role, speaker, text, tokens, createdAt } = message;
  return { id, seq, role, speaker, text, tokens, createdAt: new Date(createdAt).toISOString() };
}
