import { policy, shouldSummarize } from "./policy";
import { findCut, turnStarts, type Weighed, weigh, weighAll } from "./prune";
import type { MemoryStrategy, RecordedMessage } from "./schema";

/**
 * The index of the first message of a recorded tail that stays raw: 0 while the tail is within `maxTokenLimit` and
 * `shouldSummarize` says no, whichever is passed first; then as many turns go as bring it down to the low-water marks. Where the
 * summary is all that is shown, every turn but the newest goes at once.
 */
export function findFoldCut(
  tail: readonly RecordedMessage[],
  strategy: MemoryStrategy = policy.strategy,
): number {
  if (strategy === "summary") {
    return findCut(weighed(tail), { tokens: 0 });
  }
  const tokens = weighAll(tail);
  if (tokens <= policy.maxTokenLimit && !shouldSummarize(tokens, tail.length)) {
    return 0;
  }
  return findCut(weighed(tail), {
    tokens: Math.min(policy.maxTokenLimit, policy.foldTokensMax) * policy.lowWater,
    messages: Math.floor(policy.foldMessagesMax * policy.lowWater),
  });
}

function weighed(tail: readonly RecordedMessage[]): Weighed[] {
  const starts = turnStarts(tail);
  return tail.map((message, index) => ({
    tokens: weigh(message),
    startsTurn: starts[index] ?? false,
  }));
}
