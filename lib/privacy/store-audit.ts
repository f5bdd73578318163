import { db, transact } from "@/lib/storage";
import type { Tx } from "@/lib/storage/schema";
import { type Act, chain } from "./audit-chain";
import type { AuditEntry } from "./schema-audit";

// Any number will do, as long as nobody else in this database uses it.
const APPENDER_LOCK = 7_276_001;
const BATCH = 500;
const PAGE = 1_000;

export type OutboxRow = {
  actor: string;
  anonymizedUser: string | null;
  action: string;
  metadata: Record<string, string | number | boolean>;
};

export async function insertAct(row: OutboxRow, tx: Tx): Promise<void> {
  await db(tx).auditOutbox.create({ data: row });
}

/**
 * Moves waiting acts into the chain and returns the new end, or null when nothing waited. The advisory lock makes one
 * appender at a time: locking the last row does not (two appenders fork the chain).
 */
export async function appendBatch(): Promise<{ count: number; end: AuditEntry } | null> {
  // Most calls find nothing, and need no lock to see it.
  if (!(await db().auditOutbox.findFirst({ select: { id: true } }))) {
    return null;
  }
  return await transact(async (tx) => {
    await db(tx).$executeRaw`SELECT pg_advisory_xact_lock(${APPENDER_LOCK})`;
    const rows = await db(tx).auditOutbox.findMany({ orderBy: { id: "asc" }, take: BATCH });
    const last = await db(tx).auditEntry.findFirst({
      orderBy: { seq: "desc" },
      select: { seq: true, hash: true },
    });
    const acts = rows.map(
      (row): Act => ({
        timestamp: row.at.toISOString(),
        actor: row.actor,
        anonymizedUser: row.anonymizedUser,
        action: row.action,
        metadata: row.metadata as Act["metadata"],
      }),
    );
    const entries = chain(last, acts);
    const end = entries.at(-1);
    if (!end) {
      return null;
    }
    await db(tx).auditEntry.createMany({
      data: entries.map((entry) => ({ ...entry, metadata: entry.metadata as object })),
    });
    await db(tx).auditOutbox.deleteMany({ where: { id: { in: rows.map(({ id }) => id) } } });
    return { count: entries.length, end };
  });
}

export type AuditFilter = {
  before?: number | undefined;
  action?: string | undefined;
  actor?: string | undefined;
  anonymizedUser?: string | undefined;
  /** Entries from this moment on. */
  from?: Date | undefined;
  /** Entries before this moment. */
  until?: Date | undefined;
};

export async function findEntries(filter: AuditFilter, limit: number): Promise<AuditEntry[]> {
  const { before, from, until, ...equal } = filter;
  const given = Object.fromEntries(Object.entries(equal).filter(([, value]) => value));
  const rows = await db().auditEntry.findMany({
    where: {
      ...given,
      ...(before ? { seq: { lt: before } } : {}),
      ...(from || until
        ? { timestamp: { ...(from && { gte: from }), ...(until && { lt: until }) } }
        : {}),
    },
    orderBy: { seq: "desc" },
    take: limit,
  });
  return rows.map(toEntry);
}

/** The whole chain, oldest first, in pages. */
export async function* walkEntries(tx?: Tx): AsyncGenerator<AuditEntry> {
  let after = Number.MIN_SAFE_INTEGER;
  for (;;) {
    const rows = await db(tx).auditEntry.findMany({
      where: after === Number.MIN_SAFE_INTEGER ? {} : { seq: { gt: after } },
      orderBy: { seq: "asc" },
      take: PAGE,
    });
    yield* rows.map(toEntry);
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) {
      return;
    }
    after = last.seq;
  }
}

function toEntry(row: {
  seq: number;
  timestamp: Date;
  actor: string;
  anonymizedUser: string | null;
  action: string;
  metadata: unknown;
  prevHash: string;
  hash: string;
}): AuditEntry {
  return {
    ...row,
    timestamp: row.timestamp.toISOString(),
    metadata: (row.metadata ?? {}) as AuditEntry["metadata"],
  };
}
