import { countMetric, log, observeMetric } from "@/lib/observability";
import { once } from "@/lib/once";
import { policy } from "./policy";
import type { MemoryMetric, MemorySpan, PerformanceStats } from "./schema";

function ring(): MemoryMetric[] {
  return once<MemoryMetric[]>("memory.metrics", () => []);
}

const SECONDS = {
  name: "recollect_memory_operation_seconds",
  help: "How long operations of the memory took, failed ones too",
  upTo: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
};
const TOKENS = {
  name: "recollect_memory_tokens",
  help: "Tokens that an operation of the memory loaded, added or left",
  upTo: [50, 100, 250, 500, 1000, 2000, 4000, 8000],
};
const CACHE = { name: "recollect_memory_cache_total", help: "Operations that a copy could serve" };

/** Keeps an operation's figures; the oldest of 1,000 leaves. A slow one is told to the operator. */
export function keepMetric(metric: MemoryMetric): void {
  const kept = ring();
  kept.push(metric);
  if (kept.length > policy.metricsKept) {
    kept.splice(0, kept.length - policy.metricsKept);
  }
  const { memoryType: type } = metric;
  const outcome = metric.error === null ? "ok" : "error";
  observeMetric(SECONDS, { type, outcome }, metric.processingTimeMs / 1000);
  countMetric(CACHE, { type, result: metric.cacheHit ? "hit" : "miss" });
  if (metric.error === null) {
    observeMetric(TOKENS, { type }, metric.tokenCount);
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

const SPANS = 24;

/** The kept operations in about 24 equal spans of whole minutes, oldest first; spans without any stay, as gaps. */
export function listSpans(metrics: readonly MemoryMetric[] = listMetrics()): MemorySpan[] {
  if (metrics.length === 0) {
    return [];
  }
  const times = metrics.map(({ timestamp }) => Date.parse(timestamp));
  // Operations end in another order than they are kept in.
  const first = times.reduce((least, time) => Math.min(least, time), Number.POSITIVE_INFINITY);
  const last = times.reduce((most, time) => Math.max(most, time), 0);
  const spanMs = Math.max(1, Math.ceil((last - first + 1) / SPANS / 60_000)) * 60_000;
  const begin = Math.floor(first / spanMs) * spanMs;
  const spans = Array.from({ length: Math.floor((last - begin) / spanMs) + 1 }, (_, at) => at);
  return spans.map((at) => {
    const from = begin + at * spanMs;
    return spanOf(
      from,
      metrics.filter((_, index) => {
        const time = times[index] ?? 0;
        return time >= from && time < from + spanMs;
      }),
    );
  });
}

function spanOf(from: number, metrics: readonly MemoryMetric[]): MemorySpan {
  const at = new Date(from).toISOString();
  const stats = getPerformanceStats(metrics);
  if (!("totalOperations" in stats)) {
    const none = { cacheHitRate: null, avgProcessingTimeMs: null, maxProcessingTimeMs: null };
    return { at, operations: 0, errors: 0, ...none };
  }
  const errors = metrics.filter(({ error }) => error !== null).length;
  const wentWell = metrics.length > errors;
  return {
    at,
    operations: metrics.length,
    errors,
    cacheHitRate: stats.cacheHitRate,
    avgProcessingTimeMs: wentWell ? stats.avgProcessingTimeMs : null,
    maxProcessingTimeMs: wentWell ? stats.maxProcessingTimeMs : null,
  };
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
