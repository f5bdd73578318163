import { policy, shouldSummarize } from "./policy";
import { findCut, turnStarts, weigh, weighAll } from "./prune";
import type { RecordedMessage } from "./schema";

/**
 * The index of the first message of a recorded tail that stays raw: 0 while the tail is within `maxTokenLimit` and
 * `shouldSummarize` says no, whichever is passed first; then as many turns go as bring it down to the low-water marks.
 */
export function findFoldCut(tail: readonly RecordedMessage[]): number {
  const tokens = weighAll(tail);
  if (tokens <= policy.maxTokenLimit && !shouldSummarize(tokens, tail.length)) {
    return 0;
  }
  const starts = turnStarts(tail);
  const items = tail.map((message, index) => ({
    tokens: weigh(message),
    startsTurn: starts[index] ?? false,
  }));
  return findCut(items, {
    tokens: Math.min(policy.maxTokenLimit, policy.foldTokensMax) * policy.lowWater,
    messages: Math.floor(policy.foldMessagesMax * policy.lowWater),
  });
}
