import "server-only";
import { startCarrying, startRunner, stopCarrying, stopRunner } from "@/lib/agent";
import { noteAddresses } from "@/lib/auth";
import { dataMap } from "@/lib/data-map";
import { env } from "@/lib/env";
import { buildId, closeConnections, startBeating, stopBeating } from "@/lib/health";
import { enqueue, startJobs, stopJobs } from "@/lib/job";
import { startMemory, stopMemory } from "@/lib/memory";
import { log, report } from "@/lib/observability";
import {
  appendAudit,
  replacePrivacyRules,
  replayBeforeServing,
  startForgetting,
} from "@/lib/privacy";
import { jobHandlers } from "./job-handlers";
import { once } from "./once";
import { operatorRules } from "./operator-rules";
import { partsOfOthers } from "./parts";
import { onStop, processId, stopping } from "./process";

const RETRY_MS = 5_000;
/** Jobs have so long to end in order before they are handed back. */
const JOBS_MS = 3_000;
/** An act is in the chain, and so on the audit page, within this. */
const AUDIT_MS = 3_000;

/**
 * Starts what a process does beside answering requests, once: a web process runs turns and, with WORKER=inline, jobs;
 * a worker runs both.
 */
export function startProcess(kind: "web" | "worker"): void {
  once("process.started", () => {
    noteAddresses();
    // Before anything of anybody is opened: the database may be an old copy that knows erased people.
    replayBeforeServing(dataMap);
    startForgetting();
    replacePrivacyRules(operatorRules);
    startMemory(processId(), operatorRules);
    startRunner();
    startCarrying();
    const jobs = kind === "worker" || env.WORKER === "inline";
    if (jobs) {
      void keepTrying();
    }
    startBeating({ id: processId(), kind, jobs }, partsOfOthers);
    onStop({ giveBack, close, ended });
    log.info({ event: "process_started", kind, processId: processId(), build: buildId() });
    return true;
  });
}

// PostgreSQL may come up after us. Requests say so by themselves; jobs are tried again.
async function keepTrying(): Promise<void> {
  try {
    await startJobs(jobHandlers);
    // So that words and days are settled from the start, and not at the next tenth minute.
    await enqueue(null, "retain", {});
    setInterval(() => void chainActs(), AUDIT_MS).unref();
  } catch (error) {
    report(error, { where: "start.jobs" });
    setTimeout(() => void keepTrying(), RETRY_MS).unref();
  }
}

async function chainActs(): Promise<void> {
  if (stopping().aborted) {
    return;
  }
  try {
    await appendAudit();
  } catch (error) {
    report(error, { where: "start.audit" });
  }
}

// Turns and jobs at once, and both whatever happens to the other: another process goes on with them.
async function giveBack(): Promise<void> {
  reportFailures(await Promise.allSettled([stopRunner(), stopCarrying(), stopJobs(JOBS_MS)]));
}

async function close(): Promise<void> {
  stopMemory();
  reportFailures(await Promise.allSettled([stopBeating()]));
  await closeConnections();
}

function reportFailures(ended: PromiseSettledResult<unknown>[]): void {
  for (const each of ended) {
    if (each.status === "rejected") {
      report(each.reason, { where: "start.drain" });
    }
  }
}

function ended(whole: boolean): void {
  log.info({ event: "process_drained", processId: processId(), whole });
}
