import { z } from "zod";
import type { StaffCaller } from "@/lib/auth/schema";
import { Refusal } from "@/lib/errors";
import { audit } from "@/lib/privacy";
import { startedBoss } from "./boss";
import { type FailedJob, type JobName, type JobQueue, jobNames } from "./schema";
import {
  countJobs,
  type FailedRow,
  findFailed,
  inTransaction,
  listFailedIds,
  within,
} from "./store";

const SHOWN_MAX = 100;
const Failure = z.object({ message: z.string() });

/** The jobs that used up their retries, the newest first, at most a hundred. */
export async function listFailedJobs(): Promise<FailedJob[]> {
  await startedBoss();
  return (await findFailed(jobNames, SHOWN_MAX)).map(shown);
}

function shown({ id, name, data, output, tries, failedAt }: FailedRow): FailedJob {
  const ids = z.record(z.string(), z.unknown()).safeParse(data);
  const failure = Failure.safeParse(output);
  return {
    id,
    name: name as JobName,
    ids: Object.values(ids.data ?? {}).filter((value) => typeof value === "string"),
    code: failure.success ? failure.data.message : "unknown",
    tries,
    failedAt: failedAt.toISOString(),
  };
}

/** How the queue of jobs stands. */
export async function readJobQueue(): Promise<JobQueue> {
  await startedBoss();
  const { oldestDueAt, ...counts } = await countJobs(jobNames);
  return { ...counts, oldestDueAt: oldestDueAt?.toISOString() ?? null };
}

/** Has dead jobs tried once more, at once: the named one, or all. Written down by name and count. */
export async function retryJobs(admin: StaffCaller, id: string | null): Promise<number> {
  const boss = await startedBoss();
  return await inTransaction(async (tx) => {
    const failed = await listFailedIds(tx, jobNames, id);
    if (id !== null && failed.length === 0) {
      throw new Refusal("not_found");
    }
    for (const name of jobNames) {
      const ids = failed.filter((job) => job.name === name).map((job) => job.id);
      if (ids.length > 0) {
        await boss.retry(name, ids, { db: within(tx) });
        const metadata = { kind: name, count: ids.length };
        await audit(tx, { actor: admin.id, action: "jobs_retried", metadata });
      }
    }
    return failed.length;
  });
}
