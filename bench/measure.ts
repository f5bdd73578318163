import fs from "node:fs";

/** The value below which `share` of the values lie (nearest rank), or null without values. */
export function percentile(values: readonly number[], share: number): number | null {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? null;
}

export const rounded = (value: number | null, digits = 1): number | null =>
  value === null ? null : Number(value.toFixed(digits));

const TICKS_PER_SECOND = 100;
const PAGE_BYTES = 4096;

type Usage = { cpuSeconds: number; rssMb: number };

/** What a process and everything it started has used so far, from /proc; zeros where there is none. */
export function usageOf(pid: number): Usage {
  const family = familyOf(pid).map(statOf);
  return {
    cpuSeconds: family.reduce((sum, each) => sum + each.cpuSeconds, 0),
    rssMb: family.reduce((sum, each) => sum + each.rssMb, 0),
  };
}

const ownUsage = (): Usage => {
  const { user, system } = process.cpuUsage();
  return { cpuSeconds: (user + system) / 1e6, rssMb: process.memoryUsage.rss() / 1024 / 1024 };
};

function familyOf(pid: number): number[] {
  const parents = listParents();
  const family = [pid];
  for (let found = true; found; ) {
    const more = parents.filter(
      ([child, parent]) => family.includes(parent) && !family.includes(child),
    );
    family.push(...more.map(([child]) => child));
    found = more.length > 0;
  }
  return family;
}

function listParents(): (readonly [child: number, parent: number])[] {
  if (!fs.existsSync("/proc/self/stat")) {
    return [];
  }
  const pids = fs.readdirSync("/proc").map(Number).filter(Number.isInteger);
  return pids.map((pid) => [pid, Number(fieldsOf(pid)[1] ?? 0)] as const);
}

/** The fields of a process's stat from its state on; none when it is gone. */
function fieldsOf(pid: number): string[] {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  } catch {
    return [];
  }
}

// Fields by proc(5), counted from the state: utime 11, stime 12, their sums over children that ended 13 and 14, rss 21.
function statOf(pid: number): Usage {
  const fields = fieldsOf(pid);
  const ticks = [11, 12, 13, 14].reduce((sum, index) => sum + Number(fields[index] ?? 0), 0);
  return {
    cpuSeconds: ticks / TICKS_PER_SECOND,
    rssMb: (Number(fields[21] ?? 0) * PAGE_BYTES) / 1024 / 1024,
  };
}

export type Load = Record<string, number>;

/**
 * Measures the CPU of named processes and what they started from now on, in cores: 0.5 is half of one. Our own is
 * without what we started: those are named themselves.
 */
export function watchCpu(pids: Record<string, number>): () => Load {
  const began = performance.now();
  const secondsOf = (pid: number) => (pid === process.pid ? ownUsage() : usageOf(pid)).cpuSeconds;
  const before = Object.values(pids).map(secondsOf);
  return () => {
    const seconds = (performance.now() - began) / 1000;
    return Object.fromEntries(
      Object.entries(pids).map(([name, pid], index) => [
        name,
        Number(((secondsOf(pid) - (before[index] ?? 0)) / seconds).toFixed(2)),
      ]),
    );
  };
}

export type Flatness = { startMb: number; endMb: number; maxMb: number; growthMbPerMinute: number };

/** Samples the memory of processes each second, added up; the growth is the slope of a straight line through the samples. */
export function watchMemory(pids: readonly number[]): () => Flatness {
  const samples: { at: number; mb: number }[] = [];
  const held = () => pids.reduce((sum, pid) => sum + statOf(pid).rssMb, 0);
  const sample = () => samples.push({ at: performance.now() / 60_000, mb: held() });
  sample();
  const timer = setInterval(sample, 1000);
  return () => {
    clearInterval(timer);
    sample();
    const all = samples.map(({ mb }) => mb);
    return {
      startMb: Math.round(all[0] ?? 0),
      endMb: Math.round(all.at(-1) ?? 0),
      maxMb: Math.round(Math.max(...all)),
      growthMbPerMinute: Number(slope(samples).toFixed(1)),
    };
  };
}

/** By least squares. */
export function slope(samples: readonly { at: number; mb: number }[]): number {
  const mean = (of: (sample: { at: number; mb: number }) => number) =>
    samples.reduce((sum, each) => sum + of(each), 0) / samples.length;
  const [at, mb] = [mean((each) => each.at), mean((each) => each.mb)];
  const over = samples.reduce((sum, each) => sum + (each.at - at) * (each.mb - mb), 0);
  const under = samples.reduce((sum, each) => sum + (each.at - at) ** 2, 0);
  return under === 0 ? 0 : over / under;
}
