import { PgBoss } from "pg-boss";
import { env } from "@/lib/env";
import { log, report } from "@/lib/observability";
import { once } from "@/lib/once";
import { jobNames } from "./schema";

const HOUR_SECONDS = 3_600;

// Jobs hold ids only, and still none stays longer than it is of use.
const queue = {
  // One job of a name and key waits at a time: a second would find nothing left to do.
  policy: "short",
  retryLimit: 10,
  retryDelay: 2,
  retryBackoff: true,
  retryDelayMax: HOUR_SECONDS,
  // A killed worker's job is given to another one within this.
  heartbeatSeconds: 30,
  expireInSeconds: 2 * HOUR_SECONDS,
  retentionSeconds: 7 * 24 * HOUR_SECONDS,
  deleteAfterSeconds: HOUR_SECONDS,
} as const;

type Held = { boss: PgBoss | null; starting: Promise<PgBoss> | null };

function held(): Held {
  return once("job.boss", () => ({ boss: null, starting: null }));
}

/** This process's pg-boss, in a schema of its own. A failed start is tried again by the next caller. */
export function startedBoss(): Promise<PgBoss> {
  const state = held();
  state.starting ??= start(state).catch((error: unknown) => {
    state.starting = null;
    throw error;
  });
  return state.starting;
}

async function start(state: Held): Promise<PgBoss> {
  const boss = new PgBoss({
    connectionString: env.DATABASE_URL,
    schema: "pgboss",
    application_name: "recollect-jobs",
    max: 4,
    connectionTimeoutMillis: 3_000,
  });
  boss.on("error", (error) => report(error, { where: "job.boss" }));
  boss.on("warning", ({ message }) => log.warn({ event: "job_warning", message }));
  await boss.start();
  for (const name of jobNames) {
    await boss.createQueue(name, queue);
  }
  state.boss = boss;
  return boss;
}

/** Stops taking jobs, lets the running ones end, closes the connections. */
export async function stopBoss(timeoutMs: number): Promise<void> {
  const state = held();
  const boss = state.boss;
  state.boss = null;
  state.starting = null;
  await boss?.stop({ graceful: true, timeout: timeoutMs });
}
