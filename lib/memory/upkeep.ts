import { gaugeMetric, report } from "@/lib/observability";
import { once } from "@/lib/once";
import { checkBackends, listBackends } from "./check-backends";
import { retryDrops } from "./forget";
import { measureSystemMemory, watchSystemMemory } from "./machine";
import { policy } from "./policy";
import { ports } from "./ports";
import { tellReport } from "./report";

const FIRST_MS = 3_000;
/** What was found down is looked at again so soon: it may have been a moment's, and staff see a banner meanwhile. */
const AGAIN_MS = 5_000;

/** No timers: nothing is looked after. `next` is the look that comes out of turn. */
type Timers = { timers: NodeJS.Timeout[]; next?: NodeJS.Timeout };

function held(): Timers {
  return once("memory.upkeep", () => ({ timers: [] }));
}

/** Looks at the backends and the machine every minute, and reports every half hour, until it is stopped. */
export function startUpkeep(processId: string): void {
  showGauges();
  const tell = () =>
    tellReport(processId).catch((error) => report(error, { where: "memory.report" }));
  held().timers.push(
    setInterval(() => void look(), policy.healthCheckSeconds * 1000),
    setInterval(() => void tell(), policy.reportMinutes * 60_000),
  );
  for (const timer of held().timers) {
    timer.unref();
  }
  // Not at once: a process that starts is busy with itself, and a slow first command would look like a store that is gone.
  lookIn(FIRST_MS);
}

/** A process that ends looks at nothing any more: its connections are about to be closed. */
export function stopMemory(): void {
  for (const timer of held().timers.splice(0)) {
    clearInterval(timer);
  }
  clearTimeout(held().next);
}

function lookIn(ms: number): void {
  clearTimeout(held().next);
  held().next = setTimeout(() => void look(), ms).unref();
}

async function look(): Promise<void> {
  await lookAfter().catch((error: unknown) => report(error, { where: "memory.upkeep" }));
  if (held().timers.length > 0 && listBackends().some(({ state }) => state === "down")) {
    lookIn(AGAIN_MS);
  }
}

async function lookAfter(): Promise<void> {
  watchSystemMemory(measureSystemMemory());
  await checkBackends();
  await retryDrops();
}

function showGauges(): void {
  gaugeMetric(
    {
      name: "recollect_memory_hot",
      help: "Hot conversations of this process: held, in use, and the limit",
    },
    () => {
      const { activeMemories, totalLocks, maxCapacity } = ports().process.stats();
      return [
        { labels: { what: "held" }, value: activeMemories },
        { labels: { what: "in_use" }, value: totalLocks },
        { labels: { what: "limit" }, value: maxCapacity },
      ];
    },
  );
  gaugeMetric(
    {
      name: "recollect_memory_backend_up",
      help: "1 where the last write, read and delete went well",
    },
    () =>
      listBackends()
        .filter(({ state }) => state !== "unknown")
        .map(({ name, state }) => ({ labels: { backend: name }, value: state === "up" ? 1 : 0 })),
  );
  gaugeMetric({ name: "recollect_heap_used_bytes", help: "Heap in use by this process" }, () => [
    { labels: {}, value: process.memoryUsage().heapUsed },
  ]);
}
