import { db, transact, withSession } from "@/lib/storage";
import type { Tx } from "@/lib/storage/schema";
import { BEGINNING } from "./ledger";
import { LedgerEnd } from "./schema-ledger";

const LEDGER_LOCK = 7_276_004;
const REPLAY_LOCK = 7_276_005;
const REPLAYED = "ledger_replayed";
export const RESTORING = "restoring";
const PAGE = 5_000;

/** Runs while nobody else appends to the ledger. */
export async function withLedger<T>(run: (tx: Tx) => Promise<T>): Promise<T> {
  return await transact(
    async (tx) => {
      await db(tx).$executeRaw`SELECT pg_advisory_xact_lock(${LEDGER_LOCK})`;
      return await run(tx);
    },
    { timeoutMs: 30_000 },
  );
}

/** Runs while no other process replays: whoever comes later finds it done. */
export async function inTurn<T>(run: () => Promise<T>): Promise<T> {
  return await withSession(async (session) => {
    await session.query("SELECT pg_advisory_lock($1)", [REPLAY_LOCK]);
    return await run();
  });
}

/** Up to which line the ledger was replayed in this database. */
export async function findReplayed(tx?: Tx): Promise<LedgerEnd> {
  const row = await db(tx).keyMark.findUnique({ where: { name: REPLAYED } });
  return row ? LedgerEnd.parse(row.value) : BEGINNING;
}

export async function noteReplayed(end: LedgerEnd, tx?: Tx): Promise<void> {
  await db(tx).keyMark.upsert({
    where: { name: REPLAYED },
    create: { name: REPLAYED, value: end },
    update: { value: end },
  });
}

/** As if this database had seen no ledger. */
export async function dropReplayed(tx: Tx): Promise<void> {
  await db(tx).keyMark.deleteMany({ where: { name: REPLAYED } });
}

/** Whether a restore was begun and not ended: rows are there, what is derived from them may not be. */
export async function isHalfRestored(): Promise<boolean> {
  return (await db().keyMark.count({ where: { name: RESTORING } })) > 0;
}

/** The restore is at its end; processes may give out keys. */
export async function endRestore(tx: Tx): Promise<void> {
  await db(tx).keyMark.deleteMany({ where: { name: RESTORING } });
}

/** The ids of all customers, in pages. */
export async function* walkCustomerIds(): AsyncGenerator<string[]> {
  for (let after: string | undefined; ; ) {
    const rows = await db().customer.findMany({
      where: after ? { id: { gt: after } } : {},
      orderBy: { id: "asc" },
      take: PAGE,
      select: { id: true },
    });
    if (rows.length > 0) {
      yield rows.map(({ id }) => id);
    }
    after = rows.at(-1)?.id;
    if (rows.length < PAGE) {
      return;
    }
  }
}
