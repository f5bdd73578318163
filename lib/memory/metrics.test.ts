import { expect, test } from "vitest";
import { getPerformanceStats, keepMetric, listMetrics } from "./metrics";
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
