import type { ConversationView, StreamEvent } from "./schema";
import type { WatchedTurn } from "./store-watch";

/** How a reader is told that a turn is over. */
export function ended({ id, generation, state, answerId }: WatchedTurn): StreamEvent {
  return { type: "turn", turn: id, generation, state, ...(answerId && { messageId: answerId }) };
}

/** A reload still shows that the newest answer failed, with its retry. */
export function failureAtRest(turns: WatchedTurn[], { owner }: ConversationView): StreamEvent[] {
  const last = turns.at(-1);
  return last?.state === "failed" && owner === "AI" ? [ended(last)] : [];
}
