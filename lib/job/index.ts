import "server-only";
import { log, report } from "@/lib/observability";
import type { Tx } from "@/lib/storage/schema";
import { startedBoss, stopBoss } from "./boss";
import { type JobHandlers, type JobName, type JobPayloads, jobNames } from "./schema";
import { within } from "./store";

/**
 * Durable background work: sent in the transaction of the row it concerns, tried again with growing pauses, recovered
 * from a killed worker. Only home of pg-boss. Turns of a conversation are not jobs: the turn row is their queue.
 */
export type { JobHandlers, JobName, JobPayloads } from "./schema";

type SendOptions = { singletonKey?: string; startAfterSeconds?: number };

/**
 * Sends a job; inside `tx` it exists only if that commits. A job of the same name and key (the payload, unless
 * `singletonKey` says otherwise) that still waits stands for this one too. The payload is ids only.
 */
export async function enqueue<Name extends JobName>(
  tx: Tx | null,
  name: Name,
  payload: JobPayloads[Name],
  { singletonKey, startAfterSeconds }: SendOptions = {},
): Promise<void> {
  const boss = await startedBoss();
  const later = startAfterSeconds ? ["later"] : [];
  await boss.send(name, payload, {
    // A job for later must not stand for one that is wanted now.
    singletonKey: singletonKey ?? [...Object.values(payload), ...later].join(":"),
    ...(startAfterSeconds ? { startAfter: startAfterSeconds } : {}),
    ...(tx ? { db: within(tx) } : {}),
  });
}

/**
 * Makes this process work: one job of each name at a time, so that background work never starves an answer; a backlog is
 * worked off without a pause between jobs.
 */
export async function startJobs(handlers: JobHandlers): Promise<void> {
  const boss = await startedBoss();
  for (const name of jobNames) {
    await workOn(name, handlers);
  }
  // Minutes are the finest a schedule can say; start.ts has acts chained sooner, this is for when that one is gone.
  await boss.schedule("audit", "* * * * *", {}, { singletonKey: "" });
  await boss.schedule("expire", "*/10 * * * *", {}, { singletonKey: "" });
}

async function workOn<Name extends JobName>(name: Name, handlers: JobHandlers): Promise<void> {
  const boss = await startedBoss();
  await boss.work<JobPayloads[Name]>(
    name,
    { batchSize: 1, pollingIntervalSeconds: 1, burstWhenReadyExceeds: 1 },
    async ([job]) => {
      if (job) {
        await run(name, job.id, () => handlers[name](job.data));
      }
    },
  );
}

// A failure is reported here, with its cause. pg-boss is told its name only, because it stores what it is told, and the
// message of a vendor could quote somebody.
async function run(name: JobName, id: string, work: () => Promise<void>): Promise<void> {
  const began = performance.now();
  const failure = await work().then(
    () => null,
    (error: unknown) => {
      report(error, { where: `job.${name}`, id });
      return error instanceof Error ? error.name : "unknown";
    },
  );
  if (failure) {
    throw new Error(failure);
  }
  log.debug({ event: "job_done", name, id, ms: Math.round(performance.now() - began) });
}

/** Stops taking jobs and waits for the running ones; what does not end in time is tried again elsewhere. */
export async function stopJobs(timeoutMs = 10_000): Promise<void> {
  await stopBoss(timeoutMs);
}
