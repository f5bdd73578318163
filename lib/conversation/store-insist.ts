import { setTimeout as pause } from "node:timers/promises";
import { report } from "@/lib/observability";
import { isAway } from "@/lib/storage";
import { LEASE_SECONDS } from "./turn-rules";

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 1_000;
/** Later than this another runner may have the turn, and every attempt would be refused. */
const PATIENCE_MS = LEASE_SECONDS * 800;

/**
 * Does again what failed because PostgreSQL was away for a moment, so that a restart of it costs a pause and not an
 * answer that was already given. `run` must be of the kind that may happen twice.
 */
export async function insist<T>(run: (attempt: number) => Promise<T>): Promise<T> {
  const until = performance.now() + PATIENCE_MS;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await run(attempt);
    } catch (error) {
      const pauseMs = Math.min(FIRST_PAUSE_MS * 2 ** (attempt - 1), LONGEST_PAUSE_MS);
      if (!isAway(error) || performance.now() + pauseMs > until) {
        throw error;
      }
      report(error, { where: "conversation.insist" });
      await pause(pauseMs);
    }
  }
}

/** True when the error says that the record is out of reach for the moment, and not that something is wrong with it. */
export function isRecordAway(error: unknown): boolean {
  return isAway(error);
}
