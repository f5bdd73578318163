import { monitorEventLoopDelay, performance } from "node:perf_hooks";
import { once } from "@/lib/once";

const WINDOW_MS = 1_000;
/** Whoever waits so long for each step has more to do than can be done, and more turns would only slow all of them. */
const OVERLOADED_MS = 400;
/** With less rest than this a process has no time that anybody else could have wasted. */
const RESTLESS = 0.9;
const EXTENSIONS_MAX = 2;

type Load = {
  delay: ReturnType<typeof monitorEventLoopDelay>;
  sinceMs: number;
  overloaded: boolean;
};

function load(): Load {
  return once("agent-load", () => {
    const delay = monitorEventLoopDelay({ resolution: 20 });
    delay.enable();
    return { delay, sinceMs: performance.now(), overloaded: false };
  });
}

/** Whether this process was so busy during the last second or longer that it should begin nothing new. */
export function isOverloaded(): boolean {
  const held = load();
  if (performance.now() - held.sinceMs >= WINDOW_MS) {
    held.overloaded = held.delay.mean / 1e6 > OVERLOADED_MS;
    held.sinceMs = performance.now();
    held.delay.reset();
  }
  return held.overloaded;
}

/**
 * Calls `late` after `ms` of a model's time. Where this process itself had no rest meanwhile, the answer has come and
 * waits in line: it may take up to three times as long then, and is slow but whole.
 */
export function timeTurn(ms: number, late: () => void): () => void {
  let extensions = 0;
  let timer: NodeJS.Timeout;
  const arm = (): void => {
    const before = performance.eventLoopUtilization();
    timer = setTimeout(() => {
      const { utilization } = performance.eventLoopUtilization(before);
      if (utilization > RESTLESS && extensions < EXTENSIONS_MAX) {
        extensions += 1;
        arm();
      } else {
        late();
      }
    }, ms);
  };
  arm();
  return () => clearTimeout(timer);
}
