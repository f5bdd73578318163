import { Prisma } from "./generated/client";
import { db } from "./postgres";
import type { Tx } from "./schema";

/**
 * Counts an event for today, in the event's own transaction and keyed to no person: erasure and retention never
 * change what a dashboard shows.
 */
export async function tally(tx: Tx, measure: string, dimension = "", by = 1): Promise<void> {
  await db(tx).$executeRaw(tallied(measure, dimension, by));
}

/** The same as SQL, for a statement that writes the event too. */
export function tallied(measure: string, dimension = "", by = 1): Prisma.Sql {
  return Prisma.sql`
    INSERT INTO "Tally" (day, measure, dimension, count)
    VALUES (CURRENT_DATE, ${measure}, ${dimension}, ${by}::bigint)
    ON CONFLICT (day, measure, dimension) DO UPDATE SET count = "Tally".count + EXCLUDED.count`;
}
