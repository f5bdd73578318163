import { expect, test } from "vitest";
import { getPerformanceStats } from "@/lib/memory";
import { renderMetrics } from "@/lib/observability";
import { keepMetric, listMetrics, listSpans } from "./metrics";
import type { MemoryMetric } from "./schema";

const metric = (over: Partial<MemoryMetric>): MemoryMetric => ({
  timestamp: new Date(0).toISOString(),
  conversationId: "c",
  tokenCount: 100,
  processingTimeMs: 10,
  memoryType: "summary_buffer",
  cacheHit: true,
  error: null,
  ...over,
});

test("without data the statistics are {}", () => {
  expect(getPerformanceStats([])).toEqual({});
});

test("failed operations count as errors and not in the times", () => {
  const stats = getPerformanceStats([
    metric({}),
    metric({ processingTimeMs: 30, tokenCount: 300, cacheHit: false, memoryType: "fold" }),
    metric({ processingTimeMs: 9000, error: "redis_gone", cacheHit: false }),
    metric({}),
  ]);
  expect(stats).toEqual({
    totalOperations: 4,
    errorRate: 0.25,
    avgProcessingTimeMs: 50 / 3,
    maxProcessingTimeMs: 30,
    avgTokenCount: 500 / 3,
    cacheHitRate: 0.5,
    memoryTypes: { summary_buffer: 3, fold: 1 },
  });
});

test("the newest 1,000 are kept", () => {
  for (let n = 1; n <= 1005; n += 1) {
    keepMetric(metric({ tokenCount: n }));
  }
  expect(listMetrics()).toHaveLength(1000);
  expect(listMetrics()[0]?.tokenCount).toBe(6);
});

test("operations are shown in spans of whole minutes, at most 24, with gaps where nothing happened", () => {
  expect(listSpans([])).toEqual([]);
  const at = (minute: number, over: Partial<MemoryMetric> = {}) =>
    metric({ timestamp: new Date(minute * 60_000).toISOString(), ...over });
  const spans = listSpans([
    at(0),
    at(0.5, { processingTimeMs: 30, cacheHit: false }),
    at(2, { error: "RedisGone", cacheHit: false }),
  ]);
  expect(spans).toEqual([
    {
      at: new Date(0).toISOString(),
      operations: 2,
      errors: 0,
      cacheHitRate: 0.5,
      avgProcessingTimeMs: 20,
      maxProcessingTimeMs: 30,
    },
    {
      at: new Date(60_000).toISOString(),
      operations: 0,
      errors: 0,
      cacheHitRate: null,
      avgProcessingTimeMs: null,
      maxProcessingTimeMs: null,
    },
    {
      at: new Date(120_000).toISOString(),
      operations: 1,
      errors: 1,
      cacheHitRate: 0,
      avgProcessingTimeMs: null,
      maxProcessingTimeMs: null,
    },
  ]);
  const day = listSpans(Array.from({ length: 1000 }, (_, minute) => at(minute * 1.44)));
  expect(day.length).toBeLessThanOrEqual(25);
  expect(day.reduce((sum, { operations }) => sum + operations, 0)).toBe(1000);
});

test("a collector reads times, tokens and cache hits by kind of operation, and no id", () => {
  keepMetric(metric({ memoryType: "collected", conversationId: "0197-secret", tokenCount: 300 }));
  keepMetric(metric({ memoryType: "collected", error: "RedisGone", cacheHit: false }));
  const text = renderMetrics();
  expect(text).toContain(
    'recollect_memory_operation_seconds_bucket{type="collected",outcome="ok",le="0.01"} 1',
  );
  expect(text).toContain(
    'recollect_memory_operation_seconds_count{type="collected",outcome="error"} 1',
  );
  expect(text).toContain('recollect_memory_tokens_sum{type="collected"} 300');
  expect(text).toContain('recollect_memory_cache_total{type="collected",result="hit"} 1');
  expect(text).not.toContain("0197-secret");
});
