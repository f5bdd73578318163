import { db } from "@/lib/storage";
import type { FoldedDay } from "./schema";

const DAYS = 30;

/** Sums over the folds of each of the last thirty days that had any, oldest first; days are the database's. */
export async function listFoldedDays(): Promise<FoldedDay[]> {
  const rows = await db().$queryRaw<
    { day: string; folds: number; failed: number; before: bigint | null; after: bigint | null }[]
  >`
    SELECT to_char(created_at, 'YYYY-MM-DD') AS day,
      count(*) FILTER (WHERE failure IS NULL)::int AS folds,
      count(*) FILTER (WHERE failure IS NOT NULL)::int AS failed,
      sum(tokens_before) FILTER (WHERE failure IS NULL) AS before,
      sum(tokens_after) FILTER (WHERE failure IS NULL) AS after
    FROM "MemoryFold" WHERE created_at > now() - make_interval(days => ${DAYS}::int)
    GROUP BY 1 ORDER BY 1`;
  return rows.map(({ day, folds, failed, before, after }) => ({
    day,
    folds,
    failed,
    tokensBefore: Number(before ?? 0),
    tokensAfter: Number(after ?? 0),
  }));
}
