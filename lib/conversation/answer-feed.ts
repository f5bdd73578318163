import { restorer } from "@/lib/privacy";
import type { SubjectKey } from "@/lib/privacy/schema";
import type { StreamEvent } from "./schema";

type Delta = Extract<StreamEvent, { type: "delta" }>;

/** What one reader has been shown of one attempt at an answer. */
export type AnswerFeed = {
  turn: string;
  generation: number;
  /** Takes a piece that stands at `offset` of the stored form; false when a piece before it is missing. */
  take(offset: number, text: string): Promise<boolean>;
  /** What came in since the last call, as this reader sees it; null when there is nothing new. */
  flush(): Delta | null;
};

/**
 * Follows an answer from log and checkpoints, which overlap and repeat each other.
 *
 * Both count in the placeholder form; what a customer sees has their values in it and counts differently, so the offsets
 * on the wire are this reader's own.
 */
export function answerFeed(
  { id, generation }: { id: string; generation: number },
  key: SubjectKey | null,
): AnswerFeed {
  const values = key ? restorer(key) : null;
  let taken = 0;
  let shown = 0;
  let fresh = "";
  return {
    turn: id,
    generation,
    async take(offset, text) {
      if (offset > taken) {
        return false;
      }
      const piece = text.slice(taken - offset);
      taken += piece.length;
      fresh += values ? await values.push(piece) : piece;
      return true;
    },
    flush() {
      if (fresh === "") {
        return null;
      }
      const delta: Delta = { type: "delta", turn: id, generation, offset: shown, text: fresh };
      shown += fresh.length;
      fresh = "";
      return delta;
    },
  };
}
