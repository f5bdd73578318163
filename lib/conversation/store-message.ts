import { countTokens } from "@/lib/memory";
import { bodyMac, lexemes } from "@/lib/privacy";
import type { RedactedText, SubjectKey } from "@/lib/privacy/schema";
import { db, Prisma, tallied } from "@/lib/storage";
import type { Tx } from "@/lib/storage/schema";
import { type StoredMeta, sealBody, sealMeta, viewOf } from "./message-seal";
import type { MessageRole, MessageView } from "./schema";

/** Reads `m` (Message) as a MessageRow. */
export const messageFields = Prisma.sql`
  m.id, m.seq, m.role::text, m.state::text, m.body_sealed AS "bodySealed",
  m.meta_sealed AS "metaSealed", m.turn_id AS "turnId", m.forgotten_at AS "forgottenAt",
  m.created_at AS "createdAt"`;

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

/**
 * Stores one message of a conversation that `tx` holds, with its search lexemes, its tally and the statements that go
 * `alongside`: one statement.
 */
export async function insertMessage(
  tx: Tx,
  key: SubjectKey,
  message: NewMessage,
  alongside: readonly Prisma.Sql[] = [],
): Promise<MessageView> {
  const { id, conversationId, customerId, seq, role, text, state = "final" } = message;
  const bodySealed = sealBody(key, id, text);
  const metaSealed = message.meta ? sealMeta(key, id, message.meta) : null;
  const turnId = message.turnId ?? null;
  const [stored] = await db(tx).$queryRaw<{ createdAt: Date }[]>`
    WITH ${SPOKEN.includes(role) ? indexed(message) : Prisma.empty} ${beside(alongside)} stored AS (
      INSERT INTO "Message" (id, conversation_id, customer_id, seq, role, state, author_id,
        body_sealed, meta_sealed, body_mac, tokens, turn_id, created_at)
      VALUES (${id}::uuid, ${conversationId}::uuid, ${customerId}::uuid, ${seq},
        ${role}::"MessageRole", ${state}::"MessageState", ${message.authorId ?? null}::uuid,
        ${bodySealed}, ${metaSealed}, ${bodyMac(key, text)}, ${message.tokens ?? countTokens(text)},
        ${turnId}::uuid, coalesce(${message.createdAt ?? null}::timestamptz, clock_timestamp()))
      RETURNING created_at)
    SELECT created_at AS "createdAt" FROM stored`;
  const createdAt = stored?.createdAt ?? new Date();
  const forgottenAt = null;
  return viewOf(key, {
    id,
    seq,
    role,
    state,
    bodySealed,
    metaSealed,
    turnId,
    forgottenAt,
    createdAt,
  });
}

// The lexemes' row bears the message's id, so that whoever deletes the one finds the other.
function indexed({ id, conversationId, customerId, role, text }: NewMessage) {
  return Prisma.sql`indexed AS (
      INSERT INTO "Search" (id, kind, conversation_id, customer_id, lexemes)
      VALUES (${id}::uuid, 'message', ${conversationId}::uuid, ${customerId}::uuid,
        array_to_tsvector(${lexemes(text)}::text[]))
    ), counted AS (${tallied("messages", role)}),`;
}

function beside(statements: readonly Prisma.Sql[]) {
  const named = statements.map(
    (statement, at) => Prisma.sql`${Prisma.raw(`beside_${at}`)} AS (${statement}),`,
  );
  return named.length > 0 ? Prisma.join(named, " ") : Prisma.empty;
}
