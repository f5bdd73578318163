import { z } from "zod";
import { asRedacted, open, openJson, seal, sealJson } from "@/lib/privacy";
import type { SubjectKey } from "@/lib/privacy/schema";
import { db, Prisma } from "@/lib/storage";
import type { Tx } from "@/lib/storage/schema";
import { LedgerItem, type MemoryHead, MemoryStrategy } from "./schema";

const Ledger = z.array(LedgerItem);
const Metadata = z.record(z.string(), z.unknown());

/**
 * What PostgreSQL has of a conversation's memory, and the seq up to which its record is complete: a turn that runs has
 * a seq reserved for its answer, and what was written after it must not be folded before it is there.
 */
export type FoundHead = { version: number; lastSeq: number; head: MemoryHead };

type HeadRow = {
  last_seq: number;
  conversation_created_at: Date;
  version: number | null;
  covered_through: number | null;
  summary_sealed: Uint8Array | null;
  summary_tokens: number | null;
  ledger_sealed: Uint8Array | null;
  metadata_sealed: Uint8Array | null;
  strategy: string | null;
  created_at: Date | null;
  updated_at: Date | null;
};

/** The folded part, for its owner; null when the conversation is absent or somebody else's. */
export async function findHead(
  conversationId: string,
  owner: SubjectKey,
  tx?: Tx,
): Promise<FoundHead | null> {
  const [row] = await db(tx).$queryRaw<HeadRow[]>`
    SELECT LEAST(c.last_seq, (SELECT min(t.answer_seq) - 1 FROM "Turn" t
             WHERE t.conversation_id = c.id AND t.state IN ('pending', 'running'))) AS last_seq, c.created_at AS conversation_created_at, m.version, m.covered_through, m.summary_sealed,
           m.summary_tokens, m.ledger_sealed, m.metadata_sealed, m.strategy, m.created_at, m.updated_at
    FROM "Conversation" c LEFT JOIN "Memory" m ON m.conversation_id = c.id
    WHERE c.id = ${conversationId}::uuid AND c.customer_id = ${owner.ownerId}::uuid`;
  return row
    ? {
        version: row.version ?? 0,
        lastSeq: row.last_seq,
        head: openHead(conversationId, owner, row),
      }
    : null;
}

function openHead(id: string, owner: SubjectKey, row: HeadRow): MemoryHead {
  const { summary_sealed: summary, ledger_sealed: ledger, metadata_sealed: metadata } = row;
  return {
    coveredThrough: row.covered_through ?? 0,
    summary: summary ? asRedacted(open(owner, place(id, "summary_sealed"), summary)) : null,
    summaryTokens: row.summary_tokens ?? 0,
    ledger: ledger ? openJson(owner, place(id, "ledger_sealed"), Ledger, ledger) : [],
    metadata: metadata ? openJson(owner, place(id, "metadata_sealed"), Metadata, metadata) : null,
    strategy: MemoryStrategy.nullable().catch(null).parse(row.strategy),
    createdAt: (row.created_at ?? row.conversation_created_at).toISOString(),
    updatedAt: (row.updated_at ?? row.conversation_created_at).toISOString(),
  };
}

export type SealedHead = {
  coveredThrough: number;
  summaryTokens: number;
  summary: Uint8Array<ArrayBuffer> | null;
  ledger: Uint8Array<ArrayBuffer> | null;
  metadata: Uint8Array<ArrayBuffer> | null;
  createdAt: string;
  updatedAt: string;
};

export function sealHead(id: string, owner: SubjectKey, head: MemoryHead): SealedHead {
  const { summary, ledger, metadata } = head;
  return {
    coveredThrough: head.coveredThrough,
    summaryTokens: head.summaryTokens,
    summary: summary === null ? null : seal(owner, place(id, "summary_sealed"), summary),
    ledger: ledger.length > 0 ? sealJson(owner, place(id, "ledger_sealed"), ledger) : null,
    metadata: metadata ? sealJson(owner, place(id, "metadata_sealed"), metadata) : null,
    createdAt: head.createdAt,
    updatedAt: head.updatedAt,
  };
}

function place(row: string, column: string) {
  return { table: "Memory", row, column };
}

/** Makes the row at version 0, if the conversation is this owner's and there is none. */
export async function insertHead(conversationId: string, ownerId: string, tx: Tx): Promise<void> {
  await db(tx).$executeRaw`
    INSERT INTO "Memory" (conversation_id, customer_id)
    SELECT id, customer_id FROM "Conversation"
    WHERE id = ${conversationId}::uuid AND customer_id = ${ownerId}::uuid
    ON CONFLICT DO NOTHING`;
}

type HeadWrite = {
  conversationId: string;
  owner: SubjectKey;
  from: number;
  to: number;
  sealed: SealedHead;
};

/** True when version `from` was there to be replaced, under a customer who is active and has this key. */
export async function writeHead(write: HeadWrite, tx?: Tx): Promise<boolean> {
  const { conversationId, owner, from, to, sealed } = write;
  const written = await db(tx).$executeRaw`
    UPDATE "Memory" m SET version = ${to}, covered_through = ${sealed.coveredThrough},
      summary_sealed = ${sealed.summary}, summary_tokens = ${sealed.summaryTokens},
      ledger_sealed = ${sealed.ledger}, metadata_sealed = ${sealed.metadata},
      created_at = ${sealed.createdAt}::timestamptz, updated_at = ${sealed.updatedAt}::timestamptz
    FROM "Customer" c
    WHERE m.conversation_id = ${conversationId}::uuid AND m.version = ${from} AND c.id = m.customer_id
      AND c.id = ${owner.ownerId}::uuid AND c.key_epoch = ${owner.epoch} AND c.state = 'active'`;
  return written === 1;
}

/** The owner of a conversation, for jobs that know its id only. */
export async function findOwner(
  conversationId: string,
): Promise<{ id: string; keyEpoch: number; state: string; memoryOn: boolean } | null> {
  const row = await db().conversation.findUnique({
    where: { id: conversationId },
    select: { customer: { select: { id: true, keyEpoch: true, state: true, memoryOn: true } } },
  });
  return row?.customer ?? null;
}

/** Everything derived from the messages goes, and the version rises, so that no copy and no fold under way survives. */
export async function resetHead(
  conversationId: string,
  customerId: string,
  tx?: Tx,
): Promise<boolean> {
  const reset = await db(tx).$executeRaw`
    INSERT INTO "Memory" (conversation_id, customer_id, version)
    SELECT id, customer_id, 1 FROM "Conversation"
    WHERE id = ${conversationId}::uuid AND customer_id = ${customerId}::uuid
    ON CONFLICT (conversation_id) DO UPDATE SET version = "Memory".version + 1, covered_through = 0,
      summary_sealed = NULL, summary_tokens = 0, ledger_sealed = NULL, graph_sealed = NULL, graph_through = 0,
      graph_version = "Memory".graph_version + 1, updated_at = now()`;
  return reset === 1;
}

export type FoldRow = {
  id: string;
  conversationId: string;
  tokensBefore: number;
  tokensAfter: number;
  messagesFolded: number;
  durationMs: number;
  failure: string | null;
};

export async function insertFold(row: FoldRow): Promise<void> {
  await db().$executeRaw`
    INSERT INTO "MemoryFold" (id, conversation_id, tokens_before, tokens_after, messages_folded, duration_ms, failure)
    VALUES (${row.id}::uuid, ${row.conversationId}::uuid, ${row.tokensBefore}, ${row.tokensAfter},
      ${row.messagesFolded}, ${row.durationMs}, ${row.failure})`;
}

/** Sums over all folds and conversations, for the panel. */
export async function countFolds() {
  const [row] = await db().$queryRaw<
    {
      folds: bigint;
      failed: bigint;
      before: bigint | null;
      after: bigint | null;
      messages: bigint | null;
    }[]
  >(Prisma.sql`
    SELECT count(*) FILTER (WHERE failure IS NULL) AS folds, count(*) FILTER (WHERE failure IS NOT NULL) AS failed,
           sum(tokens_before) FILTER (WHERE failure IS NULL) AS before,
           sum(tokens_after) FILTER (WHERE failure IS NULL) AS after,
           sum(messages_folded) FILTER (WHERE failure IS NULL) AS messages
    FROM "MemoryFold"`);
  const conversations = await db().conversation.count();
  const withSummary = await db().memory.count({ where: { summarySealed: { not: null } } });
  return {
    conversations,
    withSummary,
    folds: Number(row?.folds ?? 0),
    foldsFailed: Number(row?.failed ?? 0),
    tokensBefore: Number(row?.before ?? 0),
    tokensAfter: Number(row?.after ?? 0),
    messagesFolded: Number(row?.messages ?? 0),
  };
}
