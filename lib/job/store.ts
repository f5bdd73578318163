import { fromPrisma } from "pg-boss";
import { db, transact } from "@/lib/storage";
import type { Tx } from "@/lib/storage/schema";
import type { JobQueue } from "./schema";

/** pg-boss's way into a transaction of ours: the job is there if and only if the row it concerns is. */
export function within(tx: Tx) {
  return fromPrisma(db(tx));
}

export const inTransaction = transact;

/**
 * Gives jobs back that this process leaves unfinished: due at once, and with as many tries left as before. The count of
 * tries is what pg-boss knows a claim by, so whatever this process still says of the job goes unheard.
 */
export async function handBack(ids: readonly string[]): Promise<void> {
  await db().$executeRaw`
    UPDATE pgboss.job SET state = 'retry', start_after = clock_timestamp(), started_on = NULL,
      heartbeat_on = NULL, retry_count = retry_count + 1, retry_limit = retry_limit + 1
    WHERE id = ANY(${ids}::uuid[]) AND state = 'active'`;
}

/** Forgets the jobs that were done over an hour ago. */
export async function removeDone(): Promise<number> {
  return await db().$executeRaw`
    DELETE FROM pgboss.job WHERE state IN ('completed', 'cancelled')
      AND completed_on < clock_timestamp() - interval '1 hour'`;
}

export type FailedRow = {
  id: string;
  name: string;
  data: unknown;
  output: unknown;
  tries: number;
  failedAt: Date;
};

/** The newest dead jobs of these names. */
export async function findFailed(names: readonly string[], limit: number): Promise<FailedRow[]> {
  return await db().$queryRaw<FailedRow[]>`
    SELECT id, name, data, output, retry_count + 1 AS tries, completed_on AS "failedAt"
    FROM pgboss.job WHERE state = 'failed' AND name = ANY(${names}::text[])
    ORDER BY completed_on DESC, id LIMIT ${limit}`;
}

/** Dead jobs by name: the named one, or all of them. */
export async function listFailedIds(
  tx: Tx,
  names: readonly string[],
  id: string | null,
): Promise<{ id: string; name: string }[]> {
  return await db(tx).$queryRaw<{ id: string; name: string }[]>`
    SELECT id, name FROM pgboss.job
    WHERE state = 'failed' AND name = ANY(${names}::text[])
      AND (${id}::uuid IS NULL OR id = ${id}::uuid)
    FOR UPDATE`;
}

type Counted = Omit<JobQueue, "oldestDueAt"> & { oldestDueAt: Date | null };

export async function countJobs(names: readonly string[]): Promise<Counted> {
  const [row] = await db().$queryRaw<Counted[]>`
    SELECT count(*) FILTER (WHERE state = 'created' AND start_after <= clock_timestamp())::int AS due,
      count(*) FILTER (WHERE state = 'created' AND start_after > clock_timestamp())::int AS later,
      count(*) FILTER (WHERE state = 'active')::int AS active,
      count(*) FILTER (WHERE state = 'retry')::int AS retrying,
      count(*) FILTER (WHERE state = 'failed')::int AS failed,
      min(start_after) FILTER (WHERE state = 'created' AND start_after <= clock_timestamp()) AS "oldestDueAt"
    FROM pgboss.job WHERE name = ANY(${names}::text[]) AND state <> 'completed'`;
  return row ?? { due: 0, later: 0, active: 0, retrying: 0, failed: 0, oldestDueAt: null };
}
