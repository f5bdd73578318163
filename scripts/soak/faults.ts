import { setTimeout as pause } from "node:timers/promises";
import type { Fault } from "./schedule";
import type { Target } from "./target";

export type Done = { fault: Fault; skipped: boolean };

/**
 * Carries out the plan and puts everything right again as it goes. A fault whose target has not yet recovered from the
 * one before is skipped. Resolves when the plan is at its end and everything runs.
 */
export async function carryOut(
  faults: readonly Fault[],
  targets: readonly Target[],
  say: (line: string) => void,
): Promise<Done[]> {
  const beganAt = Date.now();
  const busy = new Map<string, Promise<void>>();
  const done: Done[] = [];
  for (const fault of faults) {
    await pause(Math.max(0, beganAt + fault.atMs - Date.now()));
    const target = targets.find(({ name }) => name === fault.target);
    const skipped = !target || busy.has(fault.target);
    done.push({ fault, skipped });
    if (target && !skipped) {
      say(
        `${(fault.atMs / 1000).toFixed(1).padStart(7)} s  ${fault.deed} ${fault.target} for ${(fault.forMs / 1000).toFixed(1)} s`,
      );
      const work = suffer(target, fault).finally(() => busy.delete(fault.target));
      // Looked at below; until then a failure must not end the process.
      work.catch(() => undefined);
      busy.set(fault.target, work);
    }
  }
  await Promise.all(busy.values());
  return done;
}

async function suffer(target: Target, { deed, forMs }: Fault): Promise<void> {
  await target.strike(deed);
  await pause(forMs);
  await target.heal();
}

/** How often each thing was done to each target, by `target deed`. */
export function countFaults(done: readonly Done[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { fault, skipped } of done) {
    const name = `${fault.target.replace(/-\d+$/, "")} ${fault.deed}`;
    counts[name] = (counts[name] ?? 0) + (skipped ? 0 : 1);
  }
  return counts;
}
