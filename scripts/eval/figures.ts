import { execFileSync } from "node:child_process";

/** The last line of a measurement with `--json`: one object, the same for all of them. */
export function figuresLine(name: string, figures: Record<string, number>, runs: number): string {
  return JSON.stringify({ name, figures, runs, commit: commit() });
}

/** The same for a person at a terminal. */
export function figuresTable(figures: Record<string, number>): string {
  const width = Math.max(...Object.keys(figures).map((key) => key.length));
  return Object.entries(figures)
    .map(([key, value]) => `${key.padEnd(width)}  ${value}`)
    .join("\n");
}

/** A share in per cent, to one decimal; 0 of nothing. */
export function percent(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.round((1000 * part) / whole) / 10;
}

function commit(): string {
  try {
    return execFileSync("git", ["rev-parse", "--short", "HEAD"], { encoding: "utf8" }).trim();
  } catch {
    // A copy of the files without their history.
    return "unknown";
  }
}
