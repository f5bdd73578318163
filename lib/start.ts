import "server-only";
import { startRunner, stopRunner } from "@/lib/agent";
import { noteAddresses } from "@/lib/auth";
import { env } from "@/lib/env";
import { startJobs, stopJobs } from "@/lib/job";
import { startMemory } from "@/lib/memory";
import { log, report } from "@/lib/observability";
import { appendAudit, startForgetting } from "@/lib/privacy";
import { jobHandlers } from "./job-handlers";
import { once } from "./once";
import { onStop, processId, stopping } from "./process";

const RETRY_MS = 5_000;
/** An act is in the chain, and so on the audit page, within this. */
const AUDIT_MS = 3_000;

/**
 * Starts what a process does beside answering requests, once: a web process runs turns and, with WORKER=inline, jobs;
 * a worker runs both.
 */
export function startProcess(kind: "web" | "worker"): void {
  once("process.started", () => {
    noteAddresses();
    startForgetting();
    startMemory();
    startRunner();
    if (kind === "worker" || env.WORKER === "inline") {
      void keepTrying();
    }
    onStop(drain);
    log.info({ event: "process_started", kind, processId: processId() });
    return true;
  });
}

// PostgreSQL may come up after us. Requests say so by themselves; jobs are tried again.
async function keepTrying(): Promise<void> {
  try {
    await startJobs(jobHandlers);
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

async function drain(): Promise<void> {
  const ended = await Promise.allSettled([stopRunner(), stopJobs()]);
  for (const each of ended) {
    if (each.status === "rejected") {
      report(each.reason, { where: "start.drain" });
    }
  }
  log.info({ event: "process_drained", processId: processId() });
}
