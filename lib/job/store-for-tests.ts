import { newId } from "@/lib/id";
import { closePostgres, db, transact } from "@/lib/storage";
import type { Tx } from "@/lib/storage/schema";

export { closePostgres, transact };

/** A row that a job is sent with, and its own witness of whether the transaction was. */
export async function writeSetting(tx: Tx): Promise<string> {
  const key = `test.${newId()}`;
  await db(tx).setting.create({ data: { key, value: {} } });
  return key;
}

export async function hasSetting(key: string): Promise<boolean> {
  return (await db().setting.count({ where: { key } })) === 1;
}

/** Jobs whose payload holds the id, as pg-boss keeps them. */
export async function listJobRows(id: string) {
  return await db().$queryRaw<
    { name: string; state: string; triesLeft: number; data: unknown; output: unknown }[]
  >`
    SELECT name, state::text AS state, retry_limit - retry_count AS "triesLeft",
      data, output FROM pgboss.job
    WHERE data::text LIKE ${`%${id}%`} ORDER BY created_on`;
}

/** Half an hour of failures is over: the job is due now, for the last time. */
export async function lastTry(id: string): Promise<void> {
  await db().$executeRaw`
    UPDATE pgboss.job SET retry_count = retry_limit, started_on = NULL, start_after = clock_timestamp()
    WHERE data::text LIKE ${`%${id}%`}`;
}

/** Two hours pass for a job that has ended. */
export async function makeOld(id: string): Promise<void> {
  await db().$executeRaw`
    UPDATE pgboss.job SET completed_on = completed_on - interval '2 hours'
    WHERE data::text LIKE ${`%${id}%`}`;
}

/** What the audit outbox holds of the jobs that somebody had tried again. */
export async function readRetries(actor: string): Promise<unknown[]> {
  const rows = await db().auditOutbox.findMany({ where: { actor, action: "jobs_retried" } });
  return rows.map(({ metadata }) => metadata);
}
