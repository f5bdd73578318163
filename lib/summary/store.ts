import { newId } from "@/lib/id";
import { lexemes, openJson, sealJson } from "@/lib/privacy";
import type { SubjectKey } from "@/lib/privacy/schema";
import { db, isUniqueViolation, transact } from "@/lib/storage";
import type { Tx } from "@/lib/storage/schema";
import { CaseSummaryBody } from "./schema";

/** A version that is being written by a process that died is taken over after this. */
const WRITING_SECONDS_MAX = 180;

export type Subject = {
  conversationId: string;
  customer: { id: string; keyEpoch: number; state: string };
  owner: string;
  assigneeId: string | null;
};

/** Whose conversation it is; null when it is absent or its customer is being erased. */
export async function findSubject(conversationId: string): Promise<Subject | null> {
  const row = await db().conversation.findFirst({
    where: { id: conversationId, customer: { state: { in: ["active", "restricted"] } } },
    select: {
      owner: true,
      assigneeId: true,
      customer: { select: { id: true, keyEpoch: true, state: true } },
    },
  });
  return row ? { conversationId, ...row } : null;
}

/** One transaction for what a lead does and its audit row. */
export function inTransaction<T>(run: (tx: Tx) => Promise<T>): Promise<T> {
  return transact(run);
}

function place(summaryId: string) {
  return { table: "CaseSummary", row: summaryId, column: "body_sealed" };
}

export function openBody(key: SubjectKey, id: string, sealed: Uint8Array): CaseSummaryBody {
  return openJson(key, place(id), CaseSummaryBody, sealed);
}

export type SummaryRecord = {
  id: string;
  version: number;
  state: "writing" | "ready" | "failed";
  coversThrough: number;
  bodySealed: Uint8Array | null;
  authorId: string | null;
  reviewedAt: Date | null;
  createdAt: Date;
};

/** The newest version, in whatever state, and the newest that can be read. */
export async function findNewest(
  conversationId: string,
  customerId: string,
  tx?: Tx,
): Promise<{ newest: SummaryRecord | null; ready: SummaryRecord | null }> {
  const rows = await db(tx).caseSummary.findMany({
    where: { conversationId, customerId },
    orderBy: { version: "desc" },
    take: 20,
  });
  return { newest: rows[0] ?? null, ready: rows.find(({ state }) => state === "ready") ?? null };
}

export type Claim = { id: string; version: number };

/**
 * Claims the next version for writing; null while another process writes it or when one has just written it. A failed
 * one is written again under its number, so that ten tries leave one row.
 */
export async function claimVersion(
  conversationId: string,
  customerId: string,
  coversThrough: number,
): Promise<Claim | null> {
  const { newest } = await findNewest(conversationId, customerId);
  // Looked at again: another job may have finished since the caller looked.
  if (newest?.state === "ready" && newest.coversThrough >= coversThrough) {
    return null;
  }
  if (newest && newest.state !== "ready") {
    const { id, version } = newest;
    const claimed = await db().$executeRaw`
      UPDATE "CaseSummary" SET state = 'writing', failure = NULL, covers_through = ${coversThrough},
        created_at = clock_timestamp()
      WHERE id = ${id}::uuid AND (state = 'failed' OR
        (state = 'writing' AND created_at < clock_timestamp() - ${WRITING_SECONDS_MAX} * interval '1 second'))`;
    return claimed === 1 ? { id, version } : null;
  }
  const claim = { id: newId(), version: (newest?.version ?? 0) + 1 };
  try {
    await db().caseSummary.create({
      data: { ...claim, conversationId, customerId, state: "writing", coversThrough },
    });
    return claim;
  } catch (error) {
    if (isUniqueViolation(error)) {
      return null;
    }
    throw error;
  }
}

/** Notes that the claimed version could not be written; what is ready stays as it is. */
export async function failVersion({ id }: Claim, failure: string): Promise<void> {
  await db().$executeRaw`
    UPDATE "CaseSummary" SET state = 'failed', failure = ${failure}
    WHERE id = ${id}::uuid AND state = 'writing'`;
}

/**
 * Stores the claimed version with its search words. False when the claim is gone: a message was forgotten meanwhile, or
 * the customer is no longer active.
 */
export function finishVersion(
  conversationId: string,
  key: SubjectKey,
  { id }: Claim,
  body: CaseSummaryBody,
): Promise<boolean> {
  return transact(async (tx) => {
    if (!(await lockForWriting(conversationId, key, tx))) {
      return false;
    }
    const written = await db(tx).caseSummary.updateMany({
      where: { id, conversationId, state: "writing" },
      data: { state: "ready", bodySealed: sealJson(key, place(id), body), failure: null },
    });
    if (written.count !== 1) {
      return false;
    }
    await index(conversationId, key.ownerId, id, body, tx);
    await setReviewed(conversationId, false, tx);
    return true;
  });
}

type NewVersion = { id: string; version: number; coversThrough: number; authorId: string };

/** Stores a version that a lead wrote: reviewed by its author. */
export async function insertVersion(
  conversationId: string,
  key: SubjectKey,
  { id, version, coversThrough, authorId }: NewVersion,
  body: CaseSummaryBody,
  tx: Tx,
): Promise<void> {
  await db(tx).caseSummary.create({
    data: {
      id,
      version,
      coversThrough,
      authorId,
      conversationId,
      customerId: key.ownerId,
      state: "ready",
      bodySealed: sealJson(key, place(id), body),
      reviewedById: authorId,
      reviewedAt: new Date(),
    },
  });
  await index(conversationId, key.ownerId, id, body, tx);
  await setReviewed(conversationId, true, tx);
}

export async function markReviewed(
  conversationId: string,
  summaryId: string,
  staffId: string,
  tx: Tx,
): Promise<void> {
  await db(tx).caseSummary.update({
    where: { id: summaryId },
    data: { reviewedById: staffId, reviewedAt: new Date() },
  });
  await setReviewed(conversationId, true, tx);
}

/** Locks the conversation of an active customer whose key this is: nothing is derived from one who is being erased. */
export async function lockForWriting(
  conversationId: string,
  key: SubjectKey,
  tx: Tx,
): Promise<boolean> {
  const rows = await db(tx).$queryRaw<unknown[]>`
    SELECT 1 FROM "Conversation" c JOIN "Customer" p ON p.id = c.customer_id
    WHERE c.id = ${conversationId}::uuid AND p.id = ${key.ownerId}::uuid
      AND p.key_epoch = ${key.epoch} AND p.state = 'active'
    FOR UPDATE OF c`;
  return rows.length === 1;
}

async function setReviewed(conversationId: string, summaryReviewed: boolean, tx: Tx) {
  await db(tx).conversation.update({ where: { id: conversationId }, data: { summaryReviewed } });
}

// Only the newest version can be found; its row bears the version's id.
async function index(
  conversationId: string,
  customerId: string,
  summaryId: string,
  body: CaseSummaryBody,
  tx: Tx,
): Promise<void> {
  await db(tx).$executeRaw`
    DELETE FROM "Search" WHERE conversation_id = ${conversationId}::uuid AND kind = 'summary'`;
  await db(tx).$executeRaw`
    INSERT INTO "Search" (id, kind, conversation_id, customer_id, lexemes)
    VALUES (${summaryId}::uuid, 'summary', ${conversationId}::uuid, ${customerId}::uuid,
            array_to_tsvector(${lexemes(searchedText(body))}::text[]))`;
}

/** The words by which a summary is found. */
export function searchedText({ line, topic, sentences }: CaseSummaryBody): string {
  return [line, topic, ...sentences.map(({ text }) => text)].join("\n");
}

/** Which of these messages are in the conversation and not forgotten. */
export async function findMessageIds(
  conversationId: string,
  ids: readonly string[],
): Promise<Set<string>> {
  const rows = await db().message.findMany({
    where: { conversationId, id: { in: [...ids] }, forgottenAt: null },
    select: { id: true },
  });
  return new Set(rows.map(({ id }) => id));
}

/** Whether a customer and somebody else have spoken: with less there is nothing to sum up. */
export async function haveBothSpoken(conversationId: string): Promise<boolean> {
  const rows = await db().message.groupBy({
    by: ["role"],
    where: {
      conversationId,
      forgottenAt: null,
      role: { in: ["customer", "assistant", "staff"] },
    },
  });
  const roles = rows.map(({ role }) => role);
  return roles.includes("customer") && roles.length > 1;
}

/** Everything derived goes, in all versions, with its search words; one that is being written finds its claim gone. */
export async function deleteSummaries(
  conversationId: string,
  customerId: string,
  tx: Tx,
): Promise<void> {
  await db(tx).caseSummary.deleteMany({ where: { conversationId, customerId } });
  await db(tx).$executeRaw`
    DELETE FROM "Search" WHERE conversation_id = ${conversationId}::uuid
      AND customer_id = ${customerId}::uuid AND kind = 'summary'`;
  await db(tx).conversation.updateMany({
    where: { id: conversationId, customerId },
    data: { summaryReviewed: true },
  });
}
