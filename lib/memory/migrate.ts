import { Refusal } from "@/lib/errors";
import { NotMoved } from "./move";

export type MoveFailure = { key: string; reason: string };
export type MoveResult = {
  total: number;
  migrated: number;
  failed: number;
  failures: MoveFailure[];
  /** It was told to stop before the end; run again, it goes on. */
  interrupted: boolean;
};

/** Which keys have arrived, and where to note the next: a run that was killed goes on from there. */
export type Journal = { has: (key: string) => boolean; note: (key: string) => void };

type Run = {
  keys: readonly string[];
  /** Moves one and makes sure of it; throws what is wrong. */
  move: (key: string) => Promise<void>;
  journal: Journal;
  progress: (done: number, failed: number) => void;
  signal: AbortSignal;
};

const AT_ONCE = 8;

/**
 * Moves every key, eight at once, and notes each as soon as it is known to have arrived. What an earlier run noted is
 * not moved again; what failed there is. One that fails stops nobody else.
 */
export async function migrate({ keys, move, journal, progress, signal }: Run): Promise<MoveResult> {
  const failures: MoveFailure[] = [];
  const waiting = keys.filter((key) => !journal.has(key));
  let migrated = keys.length - waiting.length;
  const next = waiting.values();
  const work = async () => {
    for (const key of next) {
      if (signal.aborted) {
        return;
      }
      const reason = await reasonOf(() => move(key));
      if (reason === null) {
        journal.note(key);
        migrated += 1;
      } else {
        failures.push({ key, reason });
      }
      progress(migrated + failures.length, failures.length);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return {
    total: keys.length,
    migrated,
    failed: failures.length,
    failures: failures.toSorted((one, other) => (one.key < other.key ? -1 : 1)),
    interrupted: signal.aborted,
  };
}

/** A refusal's code, our own words, or an error's name: what an error says may quote what it failed at. */
async function reasonOf(move: () => Promise<void>): Promise<string | null> {
  try {
    await move();
    return null;
  } catch (error) {
    if (error instanceof Refusal) {
      return error.code;
    }
    if (error instanceof NotMoved) {
      return error.message;
    }
    return error instanceof Error ? error.name : "unknown";
  }
}

/** Whether a key is named by a pattern in which * stands for any characters and ? for one. */
export function matchesPattern(pattern: string): (key: string) => boolean {
  const source = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll(/\*+/g, ".*")
    .replaceAll("?", ".");
  const whole = new RegExp(`^${source}$`, "su");
  return (key) => whole.test(key);
}
