import { PgBoss } from "pg-boss";
import { env } from "@/lib/env";
import { log, report } from "@/lib/observability";
import { once } from "@/lib/once";
import { jobNames } from "./schema";

const HOUR_SECONDS = 3_600;

// Jobs hold ids only, and still none stays longer than it is of use.
const queue = {
  // The last of ten retries comes about half an hour after the first; then the job is dead and waits for an admin.
  retryLimit: 10,
  retryDelay: 2,
  retryBackoff: true,
  retryDelayMax: HOUR_SECONDS,
  // A killed worker's job is given to another one within this.
  heartbeatSeconds: 30,
  expireInSeconds: 2 * HOUR_SECONDS,
  retentionSeconds: 7 * 24 * HOUR_SECONDS,
  // Dead ones stay to be seen and tried again; those that are done are removed after an hour (see removeDone).
  deleteAfterSeconds: 7 * 24 * HOUR_SECONDS,
} as const;

// One job of a name and key waits at a time: a second would find nothing left to do.
const policy = "short";

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
    max: 5,
    connectionTimeoutMillis: 3_000,
  });
  boss.on("error", (error) => report(error, { where: "job.boss" }));
  boss.on("warning", ({ message }) => log.warn({ event: "job_warning", message }));
  await boss.start();
  for (const name of jobNames) {
    await boss.createQueue(name, { policy, ...queue });
    // One that an earlier version made keeps that version's rules otherwise.
    await boss.updateQueue(name, queue);
  }
  state.boss = boss;
  return boss;
}

/** Stops taking jobs, lets the running ones end for so long, closes the connections. */
export async function stopBoss(timeoutMs: number): Promise<void> {
  const state = held();
  const boss = state.boss;
  state.boss = null;
  state.starting = null;
  await boss?.stop({ graceful: true, timeout: timeoutMs });
}
