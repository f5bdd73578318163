const WIDTH = 30;

export type Progress = { done: number; total: number; failed: number; elapsedMs: number };

/** One line: how far it is, how many failed, and how long the rest may take. */
export function barOf({ done, total, failed, elapsedMs }: Progress): string {
  const share = total === 0 ? 1 : done / total;
  const full = Math.floor(share * WIDTH);
  const bar = `${"█".repeat(full)}${"░".repeat(WIDTH - full)}`;
  const percent = String(Math.floor(share * 100)).padStart(3);
  const left =
    done > 0 && done < total ? `, ${timeOf((elapsedMs / done) * (total - done))} left` : "";
  const failures = failed > 0 ? `, ${failed} failed` : "";
  return `${bar} ${percent} % ${done}/${total}${failures}${left}`;
}

function timeOf(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`;
}

const REDRAWN_MS = 100;

/** Draws the bar over itself on a terminal; elsewhere says every tenth of the way once. */
export function startBar(
  out: NodeJS.WriteStream,
): (done: number, total: number, failed: number) => void {
  const startedMs = performance.now();
  let drawnMs = Number.NEGATIVE_INFINITY;
  let tenth = -1;
  return (done, total, failed) => {
    const nowMs = performance.now();
    const isLast = done === total;
    const line = barOf({ done, total, failed, elapsedMs: nowMs - startedMs });
    if (out.isTTY) {
      if (isLast || nowMs - drawnMs > REDRAWN_MS) {
        drawnMs = nowMs;
        out.write(`\r\x1b[2K${line}${isLast ? "\n" : ""}`);
      }
      return;
    }
    const reached = Math.floor((done / Math.max(1, total)) * 10);
    if (reached > tenth) {
      tenth = reached;
      out.write(`${line}\n`);
    }
  };
}
