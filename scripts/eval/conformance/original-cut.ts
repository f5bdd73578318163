import type { Differences } from "./differences";
import { lastTurnStart, turnStartFrom } from "./original-text";
import type { Said } from "./plan";

/** How many messages go from the front of a buffer that is over its limit. */
export function originalCut(
  buffer: readonly Said[],
  isOverFrom: (from: number) => boolean,
  differences: Differences,
): number {
  let count = 0;
  while (count < buffer.length && isOverFrom(count)) {
    count += 1;
  }
  if (count > 0 && differences.has("whole-turns")) {
    count = turnStartFrom(buffer, count);
  }
  return differences.has("newest-turn-stays") ? Math.min(count, lastTurnStart(buffer)) : count;
}

/** The newest messages: `slice(-k * 2)` in both languages. */
export function originalWindow(
  stored: readonly Said[],
  k: number,
  differences: Differences,
): Said[] {
  if (k <= 0 && differences.has("nothing-for-k-0")) {
    return [];
  }
  if (k <= 0 || !differences.has("whole-turns")) {
    return stored.slice(-k * 2);
  }
  let start = stored.length;
  for (let turn = 0; turn < k && start > 0; turn += 1) {
    start = lastTurnStart(stored.slice(0, start));
  }
  return stored.slice(start);
}
