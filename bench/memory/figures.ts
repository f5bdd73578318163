import { percentile, rounded } from "@/bench/measure";

/** The middle one; of an even number, the lower of the two in the middle. */
export const median = (values: readonly number[]): number | null => percentile(values, 0.5);

/** What each run measured under one name: the figure is the median of the runs. */
export class Runs {
  private readonly seen = new Map<string, number[]>();

  add(name: string, value: number | null): void {
    if (value !== null) {
      this.seen.set(name, [...(this.seen.get(name) ?? []), value]);
    }
  }

  /** What is added up over all that was measured: no median of it would do. */
  sum(name: string, value: number): void {
    const [before = 0] = this.seen.get(name) ?? [];
    this.seen.set(name, [before + value]);
  }

  /** p50 and p95 of one run's turns, under `<prefix>p50Ms<suffix>` and the same of p95. */
  addTimes(prefix: string, suffix: string | number, ms: readonly number[]): void {
    this.add(named(prefix, `p50Ms${suffix}`), percentile(ms, 0.5));
    this.add(named(prefix, `p95Ms${suffix}`), percentile(ms, 0.95));
  }

  middle(name: string): number | null {
    return median(this.seen.get(name) ?? []);
  }

  figures(digits = 3): Record<string, number> {
    return Object.fromEntries(
      [...this.seen.keys()].map((name) => [name, rounded(this.middle(name), digits) ?? 0]),
    );
  }
}

/** `p50Ms10` is ours; with a name before it, `classicP50Ms10`. */
export function named(prefix: string, name: string): string {
  return prefix === "" ? name : `${prefix}${name[0]?.toUpperCase()}${name.slice(1)}`;
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The mean without the slowest in twenty: those are the machine's. */
export function calmMean(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  return mean(sorted.slice(0, Math.ceil(sorted.length * 0.95)));
}

/**
 * An order of turns in which each list of conversations has `times` turns, mixed evenly: what else the machine does
 * then meets all of them alike.
 */
export function mixed(lists: readonly (readonly string[])[], times: number): string[] {
  return Array.from({ length: times }, (_, time) =>
    lists.map((ids) => ids[time % ids.length] ?? ""),
  ).flat();
}
