import "server-only";
import { setTimeout as pause } from "node:timers/promises";
import { log, report } from "@/lib/observability";
import { once } from "@/lib/once";
import type { Tx } from "@/lib/storage/schema";
import { startedBoss, stopBoss } from "./boss";
import { codeOf } from "./code-of";
import { type JobHandlers, type JobName, type JobPayloads, jobNames } from "./schema";
import { handBack, within } from "./store";

/**
 * Durable background work: sent in the transaction of the row it concerns, tried again with growing pauses, recovered
 * from a killed worker. Only home of pg-boss. Turns of a conversation are not jobs: the turn row is their queue.
 */
export { listFailedJobs, readJobQueue, retryJobs } from "./failed";
export type { FailedJob, JobHandlers, JobName, JobPayloads, JobQueue } from "./schema";
export { removeDone } from "./store";

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

/** Jobs that wait for a model most of their time; of all others one at a time, so that they never starve an answer. */
const SIDE_BY_SIDE: Partial<Record<JobName, number>> = { fold: 3, facts: 3, summarize: 3 };

/** Makes this process work. A backlog is worked off without a pause between jobs. */
export async function startJobs(handlers: JobHandlers): Promise<void> {
  const boss = await startedBoss();
  hands().emptied = new AbortController();
  for (const name of jobNames) {
    await workOn(name, handlers);
  }
  // Minutes are the finest a schedule can say; start.ts has acts chained sooner, this is for when that one is gone.
  await boss.schedule("audit", "* * * * *", {}, { singletonKey: "" });
  await boss.schedule("expire", "*/10 * * * *", {}, { singletonKey: "" });
  await boss.schedule("retain", "*/10 * * * *", {}, { singletonKey: "" });
}

async function workOn<Name extends JobName>(name: Name, handlers: JobHandlers): Promise<void> {
  const boss = await startedBoss();
  await boss.work<JobPayloads[Name]>(
    name,
    {
      batchSize: 1,
      localConcurrency: SIDE_BY_SIDE[name] ?? 1,
      pollingIntervalSeconds: 1,
      burstWhenReadyExceeds: 1,
    },
    async ([job]) => {
      if (job) {
        await run(name, job.id, () => handlers[name](job.data));
      }
    },
  );
}

type Hands = { jobs: Set<string>; emptied: AbortController };

/** What this process works on, by id; `emptied` rises when it was given to others. */
function hands(): Hands {
  return once("job.hands", () => ({ jobs: new Set(), emptied: new AbortController() }));
}

// A failure is reported here, with its cause. pg-boss is told its code only, because it stores what it is told, and the
// message of a vendor could quote somebody.
async function run(name: JobName, id: string, work: () => Promise<void>): Promise<void> {
  const began = performance.now();
  const { jobs, emptied } = hands();
  jobs.add(id);
  const ended = work().then(
    () => null,
    (error: unknown) => {
      report(error, { where: `job.${name}`, id });
      return codeOf(error);
    },
  );
  const over = new AbortController();
  const failure = await Promise.race([ended, risen(emptied.signal, over.signal)]);
  over.abort();
  jobs.delete(id);
  if (failure) {
    throw new Error(failure);
  }
  log.debug({ event: "job_done", name, id, ms: Math.round(performance.now() - began) });
}

/** Resolves when `signal` rises, and forgets about it when `over` does. */
function risen(signal: AbortSignal, over: AbortSignal): Promise<null> {
  return new Promise((resolve) => {
    signal.addEventListener("abort", () => resolve(null), { once: true, signal: over });
  });
}

/** pg-boss would fail what is left after this much more, with a pause and at the cost of a retry. */
const BACKSTOP_MS = 5_000;

/**
 * Stops taking jobs and waits for the running ones. What does not end in time is handed back: another process begins it
 * at once, and it costs no retry, because nothing failed.
 */
export async function stopJobs(timeoutMs = 10_000): Promise<void> {
  const held = hands();
  const ended = new AbortController();
  const late = pause(timeoutMs, null, { signal: ended.signal }).then(
    () => giveUp(held),
    () => undefined,
  );
  await stopBoss(timeoutMs + BACKSTOP_MS);
  ended.abort();
  await late;
}

// Once the rows are others', pg-boss is told that all is done, and writes nothing: it knows its claims by their tries.
async function giveUp({ jobs, emptied }: Hands): Promise<void> {
  const left = [...jobs];
  try {
    if (left.length > 0) {
      await handBack(left);
      log.info({ event: "jobs_handed_back", count: left.length });
    }
  } finally {
    emptied.abort();
  }
}
