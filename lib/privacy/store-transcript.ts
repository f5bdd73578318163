import { db } from "@/lib/storage";
import type { RawRow } from "./store-rows";

const PAGE = 200;

/** What was said in a conversation, in its order, a page at a time. Notes and look-ups are no part of what was said. */
export async function* walkSaid(conversationId: string): AsyncGenerator<RawRow[]> {
  for (let after = -1; ; ) {
    const rows: RawRow[] = await db().$queryRaw<RawRow[]>`
      SELECT * FROM "Message" WHERE conversation_id = ${conversationId}::uuid AND seq > ${after}
        AND role IN ('customer', 'assistant', 'staff', 'boundary', 'event')
      ORDER BY seq LIMIT ${PAGE}`;
    if (rows.length > 0) {
      yield rows;
    }
    if (rows.length < PAGE) {
      return;
    }
    after = Number(rows.at(-1)?.["seq"]);
  }
}

/** The newest written summary of each of these conversations. */
export async function findNewestSummaries(ids: readonly string[]): Promise<RawRow[]> {
  return await db().$queryRaw<RawRow[]>`
    SELECT DISTINCT ON (conversation_id) * FROM "CaseSummary"
    WHERE conversation_id = ANY(${[...ids]}::uuid[]) AND body_sealed IS NOT NULL
    ORDER BY conversation_id, version DESC`;
}

/** How many messages each of these conversations has. */
export async function countSaid(ids: readonly string[]): Promise<Map<string, number>> {
  const rows = await db().$queryRaw<{ id: string; count: number }[]>`
    SELECT conversation_id::text AS id, count(*)::int AS count FROM "Message"
    WHERE conversation_id = ANY(${[...ids]}::uuid[]) AND role IN ('customer', 'assistant', 'staff')
    GROUP BY conversation_id`;
  return new Map(rows.map(({ id, count }) => [id, count]));
}

/** What the audit log says about a pseudonym, oldest first, a page at a time. */
export async function* walkAudited(pseudonym: string): AsyncGenerator<AuditedRow[]> {
  for (let after = 0; ; ) {
    const rows: AuditedRow[] = await db().$queryRaw<AuditedRow[]>`
      SELECT e.seq, e.timestamp AS at, e.actor, e.action, e.metadata, u.role::text AS role
      FROM "AuditEntry" e LEFT JOIN "User" u ON u.id::text = e.actor
      WHERE e.anonymized_user = ${pseudonym} AND e.seq > ${after} ORDER BY e.seq LIMIT ${PAGE}`;
    if (rows.length > 0) {
      yield rows;
    }
    if (rows.length < PAGE) {
      return;
    }
    after = rows.at(-1)?.seq ?? 0;
  }
}

export type AuditedRow = {
  seq: number;
  at: Date;
  actor: string;
  action: string;
  metadata: Record<string, unknown>;
  role: string | null;
};
