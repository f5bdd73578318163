import { Prisma } from "./generated/client";
import { db } from "./postgres";
import type { Tx } from "./schema";

/**
 * Counts an event for today, in the event's own transaction and keyed to no person: erasure and retention never
 * change what a dashboard shows. The count is the sum over a measure's shards.
 */
export async function tally(tx: Tx, measure: string, dimension = "", by = 1): Promise<void> {
  await db(tx).$executeRaw(tallied(measure, dimension, by));
}

/**
 * Which row a statement counts in. One row for all would let transactions that count the same wait for each other, from
 * their count to their commit: a process that is busy began two conversations a second then.
 */
export const shard = Prisma.sql`pg_backend_pid() % 64`;

/** The same as SQL, for a statement that writes the event too. */
export function tallied(measure: string, dimension = "", by = 1): Prisma.Sql {
  return Prisma.sql`
    INSERT INTO "Tally" (day, measure, dimension, shard, count)
    VALUES (CURRENT_DATE, ${measure}, ${dimension}, ${shard}, ${by}::bigint)
    ON CONFLICT (day, measure, dimension, shard) DO UPDATE SET count = "Tally".count + EXCLUDED.count`;
}
