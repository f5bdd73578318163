import { policy } from "./policy";
import { findCut, type Marks, turnStarts, weigh } from "./prune";
import type { RecordedMessage } from "./schema";

/** The product's marks: `maxTokenLimit`, or `shouldSummarize`'s tokens or messages, whichever comes first. */
function marks(): Marks {
  const tokensMax = Math.min(policy.maxTokenLimit, policy.foldTokensMax);
  const messagesMax = policy.foldMessagesMax;
  return {
    tokensMax,
    tokensLow: tokensMax * policy.lowWater,
    messagesMax,
    messagesLow: Math.floor(messagesMax * policy.lowWater),
  };
}

export const foldMarks = {
  /** The index of the first message of a recorded tail that stays raw; 0 when nothing is to be folded. */
  findCut(tail: readonly RecordedMessage[]): number {
    const starts = turnStarts(tail);
    return findCut(
      tail.map((message, index) => ({
        tokens: weigh(message),
        startsTurn: starts[index] ?? false,
      })),
      marks(),
    );
  },
};
