import { log } from "@/lib/observability";
import { once } from "@/lib/once";
import { policy } from "./policy";
import { type MemoryHead, MemoryStrategy } from "./schema";

/**
 * What a strategy rule may go by: what an admin chose for this conversation, the deployment's usual one, its metadata, and
 * the seq up to which it is folded, which is 0 for a short one.
 */
export type StrategyCase = {
  own: MemoryStrategy | null;
  usual: MemoryStrategy;
  metadata: Record<string, unknown> | null;
  coveredThrough: number;
};

/** Which view of its past a conversation is answered from. Asked on every turn: pure, and quick. */
export type StrategyRule = { choose: (about: StrategyCase) => MemoryStrategy };

export type MemoryRules = { strategy: StrategyRule };

/** The admin's choice, or else the deployment's. */
export const usualStrategy: StrategyRule = { choose: ({ own, usual }) => own ?? usual };

/** The rules in force in this process. */
export function memoryRules(): MemoryRules {
  return once("memory.rules", () => ({ strategy: usualStrategy }));
}

/** Puts an operator's rules in the place of the usual ones; what is not given stays. Called once at start-up. */
export function replaceMemoryRules(rules: Partial<MemoryRules>): void {
  Object.assign(memoryRules(), rules);
}

/** The view in force. A rule that throws, or names no strategy, is told and the usual one asked. */
export function strategyOf({
  strategy: own,
  metadata,
  coveredThrough,
}: Pick<MemoryHead, "strategy" | "metadata" | "coveredThrough">): MemoryStrategy {
  const about = { own, usual: policy.strategy, metadata, coveredThrough };
  try {
    return MemoryStrategy.parse(memoryRules().strategy.choose(about));
  } catch (error) {
    const reason = error instanceof Error ? error.name : "unknown";
    log.warn({ event: "memory_rule_failed", rule: "strategy", reason });
    return usualStrategy.choose(about);
  }
}
