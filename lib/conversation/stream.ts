import type { Caller, StaffCaller } from "@/lib/auth/schema";
import { AnswersWatch, hearAnswers } from "./answers-watch";
import { type Bell, newBell } from "./bell";
import { InboxWatch } from "./inbox-watch";
import type { ConsoleEvent, StreamEvent } from "./schema";
import { hearConsole, hearConversation, hearGone, hearQueue } from "./store-events";
import { isActiveStaff } from "./store-watch";
import { TypingWatch } from "./typing-watch";
import { Watch } from "./watch";

/** How often a reader looks when nothing rings. */
type Pace = { lookMs: number; slowLookMs: number; heartbeatMs: number; countMs: number };

const PACE: Pace = { lookMs: 2_000, slowLookMs: 500, heartbeatMs: 15_000, countMs: 1_000 };

/**
 * A conversation as it happens: a snapshot of what is stored after `afterSeq` and of the answer being written, then
 * every change. Refuses `not_found` before the first event; ends when the reader leaves or may see it no longer, which
 * is asked at each heartbeat (15 s) and change.
 *
 * Pulled by its reader: a slow one holds one batch and nothing piles up. Without Redis it goes on from PostgreSQL's
 * checkpoints and says so.
 */
export async function* streamConversation(
  caller: Caller,
  conversationId: string,
  afterSeq: number,
  signal: AbortSignal,
  pace: Pace = PACE,
): AsyncGenerator<StreamEvent> {
  const watch = new Watch(caller, conversationId, afterSeq);
  const typing = new TypingWatch(caller.kind, conversationId);
  const bell = newBell(
    (ring) => hearConversation(conversationId, ring),
    (ring) => hearGone(() => ring(true)),
    (ring) => hearAnswers(ring),
    (ring) => typing.listen(ring),
    (ring) => hearQueue(() => (watch.waits ? ring(true) : undefined)),
  );
  const answers = new AnswersWatch();
  try {
    yield* watch.open();
    yield* answers.look();
    let nextBeat = performance.now() + pace.heartbeatMs;
    while (!signal.aborted) {
      const { rang, urgent } = await bell.wait(waitFor(watch, pace), signal);
      const beat = performance.now() >= nextBeat;
      yield* watch.look(rang, beat || urgent);
      yield* answers.look();
      yield* typing.look();
      hearBack(watch, bell);
      if (watch.over) {
        return;
      }
      if (beat) {
        nextBeat = performance.now() + pace.heartbeatMs;
        yield { type: "heartbeat" };
      }
    }
  } finally {
    bell.close();
  }
}

function hearBack(watch: Watch | null, bell: Bell): void {
  if (watch?.cameBack()) {
    bell.listenAgain();
  }
}

function waitFor(watch: Watch | null, pace: Pace): number {
  if (watch?.more) {
    return 0;
  }
  return Math.min(watch?.slow ? pace.slowLookMs : pace.lookMs, pace.heartbeatMs);
}

/**
 * A lead's console as it happens, in one stream: the inbox's counts, a hint when its rows may have changed (once a
 * second at most), and the events of the conversation that is open. Ends when the lead was deactivated.
 */
export async function* streamConsole(
  staff: StaffCaller,
  openConversationId: string | undefined,
  signal: AbortSignal,
  pace: Pace = PACE,
): AsyncGenerator<ConsoleEvent> {
  const inbox = new InboxWatch(staff, pace);
  const opened = openConversationId ? new Opened(staff, openConversationId) : null;
  const bell = newBell(
    (ring) => hearConsole(() => inbox.stir(ring)),
    (ring) => hearGone(() => inbox.stir(() => ring(true))),
    (ring) => opened?.listen(ring) ?? (() => undefined),
  );
  try {
    yield* inConsole(opened?.watch.open());
    yield* inbox.look();
    let nextBeat = performance.now() + pace.heartbeatMs;
    while (!signal.aborted) {
      const { rang, urgent } = await bell.wait(waitFor(opened?.watch ?? null, pace), signal);
      const beat = performance.now() >= nextBeat;
      yield* inConsole(opened?.look(rang, beat || urgent));
      hearBack(opened?.watch ?? null, bell);
      yield* inbox.look();
      if ((beat || urgent) && !(await isActiveStaff(staff.id))) {
        return;
      }
      if (beat) {
        nextBeat = performance.now() + pace.heartbeatMs;
        yield { type: "heartbeat" };
      }
    }
  } finally {
    bell.close();
    inbox.leave();
  }
}

/** The conversation that is open in a console, and whether its customer is writing. */
class Opened {
  readonly watch: Watch;
  readonly #typing: TypingWatch;
  readonly #id: string;

  constructor(staff: StaffCaller, id: string) {
    this.watch = new Watch(staff, id, 0);
    this.#typing = new TypingWatch("staff", id);
    this.#id = id;
  }

  listen(ring: () => void): () => void {
    const leave = [hearConversation(this.#id, ring), this.#typing.listen(ring)];
    return () => leave.forEach((each) => void each());
  }

  async *look(rang: boolean, check: boolean): AsyncGenerator<StreamEvent> {
    if (!this.watch.over) {
      yield* this.watch.look(rang, check);
      yield* this.#typing.look();
    }
  }
}

async function* inConsole(
  events: AsyncIterable<StreamEvent> | undefined,
): AsyncGenerator<ConsoleEvent> {
  for await (const event of events ?? []) {
    yield { type: "open", event };
  }
}
