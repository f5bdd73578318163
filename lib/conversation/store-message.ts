import { countTokens } from "@/lib/memory";
import { bodyMac, lexemes } from "@/lib/privacy";
import type { RedactedText, SubjectKey } from "@/lib/privacy/schema";
import { db, tally } from "@/lib/storage";
import type { Tx } from "@/lib/storage/schema";
import { type MessageRow, type StoredMeta, sealBody, sealMeta, viewOf } from "./message-seal";
import type { MessageRole, MessageView } from "./schema";

export const messageColumns = {
  id: true,
  seq: true,
  role: true,
  state: true,
  bodySealed: true,
  metaSealed: true,
  turnId: true,
  forgottenAt: true,
  createdAt: true,
} as const;

type NewMessage = {
  id: string;
  conversationId: string;
  customerId: string;
  seq: number;
  role: MessageRole;
  text: RedactedText;
  state?: "final" | "interrupted";
  authorId?: string;
  turnId?: string;
  meta?: StoredMeta;
  /** Counted here when the caller has not done it. */
  tokens?: number;
  createdAt?: Date;
};

/** Lines of ours are nobody's words: not searched, not counted. */
const SPOKEN: readonly MessageRole[] = ["customer", "assistant", "staff"];

/** Stores one message of a conversation that `tx` holds, with its search lexemes and its tally. */
export async function insertMessage(
  tx: Tx,
  key: SubjectKey,
  message: NewMessage,
): Promise<MessageView> {
  const { id, conversationId, customerId, seq, role, text } = message;
  const row: MessageRow = await db(tx).message.create({
    data: {
      id,
      conversationId,
      customerId,
      seq,
      role,
      state: message.state ?? "final",
      authorId: message.authorId ?? null,
      bodySealed: sealBody(key, id, text),
      metaSealed: message.meta ? sealMeta(key, id, message.meta) : null,
      bodyMac: bodyMac(key, text),
      tokens: message.tokens ?? countTokens(text),
      turnId: message.turnId ?? null,
      ...(message.createdAt && { createdAt: message.createdAt }),
    },
    select: messageColumns,
  });
  if (SPOKEN.includes(role)) {
    await indexMessage(tx, message);
    await tally(tx, "messages", role);
  }
  return viewOf(key, row);
}

// The lexemes' row bears the message's id, so that whoever deletes the one finds the other.
async function indexMessage(tx: Tx, { id, conversationId, customerId, text }: NewMessage) {
  await db(tx).$executeRaw`
    INSERT INTO "Search" (id, kind, conversation_id, customer_id, lexemes)
    VALUES (${id}::uuid, 'message', ${conversationId}::uuid, ${customerId}::uuid,
            array_to_tsvector(${lexemes(text)}::text[]))`;
}
