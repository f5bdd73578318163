import { log } from "@/lib/observability";
import { once } from "@/lib/once";
import { policy } from "./policy";
import type { MemoryMetric, PerformanceStats } from "./schema";

function ring(): MemoryMetric[] {
  return once<MemoryMetric[]>("memory.metrics", () => []);
}

/** Keeps an operation's figures; the oldest of 1,000 leaves. A slow one is told to the operator. */
export function keepMetric(metric: MemoryMetric): void {
  const kept = ring();
  kept.push(metric);
  if (kept.length > policy.metricsKept) {
    kept.splice(0, kept.length - policy.metricsKept);
  }
  if (metric.processingTimeMs > policy.slowAboveMs) {
    const { conversationId, memoryType, processingTimeMs } = metric;
    log.warn({ event: "memory_slow", conversationId, memoryType, processingTimeMs });
  }
}

/** The newest operations of this process, oldest first. */
export function listMetrics(): readonly MemoryMetric[] {
  return ring();
}

/** Figures over the kept operations; failed ones are left out of the times; `{}` without data. */
export function getPerformanceStats(
  metrics: readonly MemoryMetric[] = listMetrics(),
): PerformanceStats {
  if (metrics.length === 0) {
    return {};
  }
  const good = metrics.filter(({ error }) => error === null);
  const times = good.map(({ processingTimeMs }) => processingTimeMs);
  const memoryTypes: Record<string, number> = {};
  for (const { memoryType } of metrics) {
    memoryTypes[memoryType] = (memoryTypes[memoryType] ?? 0) + 1;
  }
  return {
    totalOperations: metrics.length,
    errorRate: (metrics.length - good.length) / metrics.length,
    avgProcessingTimeMs: mean(times),
    maxProcessingTimeMs: times.reduce((most, time) => Math.max(most, time), 0),
    avgTokenCount: mean(good.map(({ tokenCount }) => tokenCount)),
    cacheHitRate: metrics.filter(({ cacheHit }) => cacheHit).length / metrics.length,
    memoryTypes,
  };
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
