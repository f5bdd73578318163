import { setTimeout as pause } from "node:timers/promises";
import { log } from "@/lib/observability";
import { once } from "@/lib/once";
import { listBackends } from "./check-backends";
import { getPerformanceStats, listMetrics, listSpans } from "./metrics";
import { policy } from "./policy";
import { ports } from "./ports";
import { newestReport } from "./report";
import type { ManagerStats, MemoryPanel, StoreStats } from "./schema";
import { countFolds } from "./store";
import { listFoldedDays } from "./store-folded";
import { measureStore } from "./store-stats";
import { listOverrides } from "./store-strategy";

const OVERRIDES_SHOWN = 50;
/** Measuring asks Redis for every conversation: once a minute is enough for a page that is looked at. */
const MEASURED_MS = 60_000;
/** How long the page waits for a measurement. */
const SHOWN_AFTER_MS = 1_000;

/** The admin's memory panel: what is in use, what folding saved, and how this process's operations went. */
export async function memoryPanel(): Promise<MemoryPanel> {
  const { conversations, ...folding } = await countFolds();
  return {
    strategy: policy.strategy,
    overrides: await listOverrides(OVERRIDES_SHOWN),
    conversations,
    folding,
    foldedDays: await listFoldedDays(),
    hot: managerStats(),
    store: await recentStoreStats(),
    backends: listBackends(),
    performance: getPerformanceStats(),
    spans: listSpans(),
    report: newestReport(),
    recent: listMetrics().slice(-50),
    defaults: { ...policy },
  };
}

/** The hot conversations of this process, of all or of one customer. */
export function managerStats(options: { customerId?: string } = {}): ManagerStats {
  return ports().process.stats(options.customerId);
}

/** What Redis keeps of all conversations, or of one customer's; zeros when that is nothing. Throws without Redis. */
export function storeStats(options: { customerId?: string } = {}): Promise<StoreStats> {
  return measureStore(options.customerId);
}

type Measured = { untilMs: number; stats: StoreStats | null; running: Promise<void> | null };

/** The newest measurement; a Redis of many conversations is measured while the page is shown, for the next look. */
async function recentStoreStats(): Promise<StoreStats | null> {
  const held = once<Measured>("memory.measured", () => ({
    untilMs: Number.NEGATIVE_INFINITY,
    stats: null,
    running: null,
  }));
  if (held.untilMs <= performance.now()) {
    held.running ??= measureInto(held);
  }
  await Promise.race([held.running, pause(SHOWN_AFTER_MS, null, { ref: false })]);
  return held.stats;
}

async function measureInto(held: Measured): Promise<void> {
  try {
    held.stats = await storeStats();
    held.untilMs = performance.now() + MEASURED_MS;
  } catch (error) {
    held.stats = null;
    const reason = error instanceof Error ? error.name : "unknown";
    log.warn({ event: "memory_not_measured", reason });
  } finally {
    held.running = null;
  }
}
