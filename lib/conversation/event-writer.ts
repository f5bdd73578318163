import type { RedactedText } from "@/lib/privacy/schema";
import type { ClaimedTurn, MessageView } from "./schema";
import { appendEvent, type TurnEvent } from "./store-events";

const BATCH_MS = 100;

/** Where a running turn shows what it does. */
export type EventWriter = {
  /** The next piece of the answer. Written at once, unless that was done less than 100 ms ago: then with what comes till then. */
  delta(text: RedactedText): void;
  /** What is being done before the first word, such as "Looking up your order". */
  status(text: string): Promise<void>;
  /** Writes what is still held back; call it before the answer is stored, which rings. The stored message replaces the text. */
  end(message?: MessageView): Promise<void>;
  /** True once the log refused us: somebody else has the conversation, or it is being erased. Stop writing. */
  gone(): boolean;
};

/**
 * Opens the event log for a claimed turn. Never throws and never waits for Redis: what is lost there, readers take from
 * the turn's checkpoint.
 *
 * One write is on its way at a time and the rest waits as one text, so that a slow Redis is given fewer and larger
 * pieces and not a queue. What it did not take is given to it again: a log that lost a piece has a hole for its readers.
 */
export function eventWriter(turn: ClaimedTurn): EventWriter {
  let pending = "";
  let offset = 0;
  let refused = false;
  let timer: NodeJS.Timeout | null = null;
  let wroteAt = Number.NEGATIVE_INFINITY;
  let writing: Promise<void> | null = null;

  const stopTimer = (): void => {
    clearTimeout(timer ?? undefined);
    timer = null;
  };

  const write = async (event: TurnEvent): Promise<boolean> => {
    const answer = await appendEvent(turn, event).catch(() => "gone" as const);
    refused ||= answer === "stale" || answer === "gone";
    return answer === "ok";
  };

  const writePending = async (): Promise<void> => {
    const text = pending;
    pending = "";
    wroteAt = performance.now();
    if (refused || (await write({ type: "delta", turn: turn.id, offset, text }))) {
      offset += text.length;
    } else {
      pending = text + pending;
    }
  };

  /** Begins to write what waits, unless a write is on its way: then once that is done, and the pause after it. */
  const flush = (): Promise<void> => {
    stopTimer();
    writing ??= writePending().finally(() => {
      writing = null;
      if (pending !== "" && !refused) {
        timer ??= setTimeout(() => void flush(), BATCH_MS);
      }
    });
    return writing;
  };

  return {
    delta(text) {
      pending += text;
      const waitMs = wroteAt + BATCH_MS - performance.now();
      if (waitMs <= 0) {
        void flush();
      } else {
        timer ??= setTimeout(() => void flush(), waitMs);
      }
    },
    status: async (text) => {
      await write({ type: "status", turn: turn.id, text });
    },
    async end() {
      await writing;
      await (pending !== "" && !refused && flush());
      stopTimer();
    },
    gone: () => refused,
  };
}
