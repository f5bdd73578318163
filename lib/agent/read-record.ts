import { recordBefore, since } from "@/lib/conversation";
import type { RecordedMessage as Recorded } from "@/lib/conversation/schema";
import type { RecordedMessage } from "@/lib/memory/schema";

/** The record as memory reads it: times as ISO text, because a copy of it crosses a wire. */
export async function readRecord(
  conversationId: string,
  customer: { id: string; keyEpoch: number },
  seq: number,
  options: { limit?: number } = {},
): Promise<RecordedMessage[]> {
  return asRecord(await since(conversationId, customer, seq, options));
}

/** What was said before `seq`, newest first, in the same form. */
export async function readRecordBefore(
  conversationId: string,
  customer: { id: string; keyEpoch: number },
  seq: number,
): Promise<RecordedMessage[]> {
  return asRecord(await recordBefore(conversationId, customer, seq));
}

export function asRecord(messages: readonly Recorded[]): RecordedMessage[] {
  return messages.map(({ id, seq, role, speaker, text, tokens, createdAt }) => ({
    id,
    seq,
    role,
    speaker,
    text,
    tokens,
    createdAt: new Date(createdAt).toISOString(),
  }));
}
