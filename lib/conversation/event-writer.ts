import type { RedactedText } from "@/lib/privacy/schema";
import type { ClaimedTurn, MessageView } from "./schema";
import { appendEvent, ringConversation, type TurnEvent } from "./store-events";

const BATCH_MS = 100;

/** Where a running turn shows what it does. */
export type EventWriter = {
  /** The next piece of the answer. The first is written at once, later ones together every 100 ms at most. */
  delta(text: RedactedText): void;
  /** What is being done before the first word, such as "Looking up your order". */
  status(text: string): Promise<void>;
  /** Writes what is still held back; call it before the answer is stored. The stored message replaces the text. */
  end(message?: MessageView): Promise<void>;
  /** True once the log refused us: somebody else has the conversation, or it is being erased. Stop writing. */
  gone(): boolean;
};

/**
 * Opens the event log for a claimed turn. Never throws and never waits for Redis: what is lost there, readers take from
 * the turn's checkpoint.
 */
export function eventWriter(turn: ClaimedTurn): EventWriter {
  let pending = "";
  let offset = 0;
  let refused = false;
  let timer: NodeJS.Timeout | null = null;
  let writing: Promise<void> = Promise.resolve();

  const write = (event: TurnEvent): Promise<void> => {
    writing = writing.then(async () => {
      if (refused) {
        return;
      }
      const answer = await appendEvent(turn, event).catch(() => "gone" as const);
      refused = answer === "stale" || answer === "gone";
    });
    return writing;
  };

  const flush = (): Promise<void> => {
    if (timer) {
      clearTimeout(timer);
      timer = null;
    }
    if (pending === "") {
      return writing;
    }
    const event = { type: "delta", turn: turn.id, offset, text: pending } as const;
    offset += pending.length;
    pending = "";
    return write(event);
  };

  return {
    delta(text) {
      pending += text;
      if (offset === 0) {
        void flush();
      } else {
        timer ??= setTimeout(() => void flush(), BATCH_MS);
      }
    },
    status: (text) => write({ type: "status", turn: turn.id, text }),
    async end() {
      await flush();
      await ringConversation(turn.conversationId, turn.generation);
    },
    gone: () => refused,
  };
}
