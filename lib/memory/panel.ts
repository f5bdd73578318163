import { getPerformanceStats, listMetrics } from "./metrics";
import { policy } from "./policy";
import { ports } from "./ports";
import type { MemoryPanel } from "./schema";
import { countFolds } from "./store";
import { listOverrides } from "./store-strategy";

const OVERRIDES_SHOWN = 50;

/** The admin's memory panel: what is in use, what folding saved, and how this process's operations went. */
export async function memoryPanel(): Promise<MemoryPanel> {
  const { conversations, ...folding } = await countFolds();
  const { process } = ports();
  return {
    strategy: policy.strategy,
    overrides: await listOverrides(OVERRIDES_SHOWN),
    conversations,
    folding,
    hot: { activeMemories: process.size, maxCapacity: policy.lruConversationsMax },
    performance: getPerformanceStats(),
    recent: listMetrics().slice(-50),
    defaults: { ...policy },
  };
}
