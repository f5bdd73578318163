import type { Caller } from "@/lib/auth/schema";
import { Refusal } from "@/lib/errors";
import { type AnswerFeed, answerFeed } from "./answer-feed";
import type { MessageView, ProposalView, StreamEvent } from "./schema";
import { EVENTS_BATCH, isAfter, type LogEntry, lastEntryId, readEntries } from "./store-events";
import {
  findWatched,
  listTurns,
  listWatched,
  listWatchedProposals,
  type Watched,
  type WatchedTurn,
} from "./store-watch";
import { ended, failureAtRest } from "./turn-ended";

/** An answer keeps the seq that it reserved, so it may be stored behind messages that came in meanwhile. */
const OVERLAP = 50;
const RING_REST_MS = 1_000;
const SLOW = "Live updates are slow right now. Messages still arrive, a little later.";

/**
 * One reader's view of one conversation: snapshot first, then what changed at each look.
 *
 * Words of a running answer come from the log; everything else is read from PostgreSQL whenever a hint says so, and
 * compared with what this reader has been told. So a lost, doubled or late event costs a moment and never the truth.
 */
export class Watch {
  readonly #caller: Caller;
  readonly #conversationId: string;
  #afterSeq: number;
  #watched: Watched | null = null;
  #cursor = "0";
  #feed: AnswerFeed | null = null;
  #told = new Map<string, string>();
  #conversation = "";
  #announced = new Set<string>();
  #dirty = false;
  #refreshedAt = 0;
  #back = false;
  /** Redis does not answer: PostgreSQL is asked more often. */
  slow = false;
  /** The reader may not see the conversation any more. */
  over = false;
  /** The log holds more than one batch: look again at once. */
  more = false;

  constructor(caller: Caller, conversationId: string, afterSeq: number) {
    this.#caller = caller;
    this.#conversationId = conversationId;
    this.#afterSeq = afterSeq;
  }

  /** A person is owed to this reader: who is there and who comes first concerns them. */
  get waits(): boolean {
    return this.#watched?.conversation.people.queue != null;
  }

  /** The snapshot, with the answer in its midst as far as it is known. Refuses `not_found`. */
  async *open(): AsyncGenerator<StreamEvent> {
    const newest = await lastEntryId(this.#conversationId);
    const watched = await findWatched(this.#caller, this.#conversationId);
    if (!watched) {
      throw new Refusal("not_found");
    }
    this.#watched = watched;
    const messages = await listWatched(watched, Math.max(0, this.#afterSeq - OVERLAP));
    const turns = await listTurns(watched);
    const running = turns.find(({ state }) => state === "running");
    this.#cursor = running ? "0" : (newest ?? "0");
    this.slow = newest === null;
    await this.#begin(watched, running, newest);
    const text = this.#feed?.flush()?.text ?? "";
    yield {
      type: "snapshot",
      conversation: watched.conversation,
      messages: messages.filter((message) => this.#isNews(message)),
      proposals: await this.#openProposals(watched),
      turn: running
        ? { id: running.id, generation: running.generation, text, offset: text.length }
        : null,
    };
    this.#conversation = JSON.stringify(watched.conversation);
    for (const turn of turns.filter(({ state }) => state !== "running")) {
      this.#announced.add(turn.id);
    }
    yield* failureAtRest(turns, watched.conversation);
    if (this.slow) {
      yield { type: "notice", level: "warning", text: SLOW };
    }
  }

  /** What the log already holds of the running answer, behind its checkpoint. */
  async #begin(
    watched: Watched,
    running: WatchedTurn | undefined,
    newest: string | null,
  ): Promise<void> {
    this.#feed = null;
    if (!running) {
      return;
    }
    this.#feed = answerFeed(running, watched.restored ? watched.key : null);
    await this.#feed.take(0, running.checkpoint ?? "");
    for (;;) {
      const entries = await readEntries(watched.key, this.#conversationId, this.#cursor);
      if (!entries?.length) {
        return;
      }
      for (const entry of entries) {
        this.#cursor = entry.id;
        await this.#takeDelta(entry);
        // Said after PostgreSQL was read: look there once more, at once.
        this.more ||= entry.event === null && isAfter(entry.id, newest);
      }
    }
  }

  /** True for a piece of the answer that is followed now. */
  async #takeDelta({ event, generation }: LogEntry): Promise<boolean> {
    const feed = this.#feed;
    if (event?.type !== "delta" || feed?.turn !== event.turn || feed.generation !== generation) {
      return false;
    }
    if (!(await feed.take(event.offset, event.text))) {
      this.#dirty = true;
    }
    return true;
  }

  /** What is new. `rang`: the bell said so; `check`: time to ask whether the reader may still see it. */
  async *look(rang: boolean, check: boolean): AsyncGenerator<StreamEvent> {
    const { key } = this.#watched ?? {};
    const entries = key && (await readEntries(key, this.#conversationId, this.#cursor));
    if (!entries) {
      yield* this.#lookWithoutLog();
      return;
    }
    if (this.slow) {
      this.#back = true;
      yield* this.open();
      return;
    }
    this.#dirty ||= this.more && entries.length === 0;
    this.more = entries.length >= EVENTS_BATCH;
    for (const entry of entries) {
      this.#cursor = entry.id;
      yield* this.#read(entry);
    }
    yield* this.#flush();
    if (this.#dirty || check || (rang && entries.length === 0 && this.#isRested())) {
      yield* this.#refresh();
    }
  }

  /** True once after Redis has come back. */
  cameBack(): boolean {
    const back = this.#back;
    this.#back = false;
    return back;
  }

  // A bell without an entry: the log was removed. Or its entry was read with the one before, which is of no interest.
  #isRested(): boolean {
    return Date.now() - this.#refreshedAt > RING_REST_MS;
  }

  async *#lookWithoutLog(): AsyncGenerator<StreamEvent> {
    if (!this.slow) {
      this.slow = true;
      yield { type: "notice", level: "warning", text: SLOW };
    }
    this.more = false;
    yield* this.#refresh();
  }

  async *#read(entry: LogEntry): AsyncGenerator<StreamEvent> {
    const { event, generation } = entry;
    if (event === null) {
      this.#dirty = true;
      return;
    }
    if (this.#announced.has(event.turn)) {
      return;
    }
    // The first word of an attempt that PostgreSQL has not told us about yet.
    if (this.#feed?.turn !== event.turn || this.#feed.generation < generation) {
      yield* this.#refresh();
    }
    if (await this.#takeDelta(entry)) {
      return;
    }
    if (event.type === "status" && this.#feed?.generation === generation) {
      yield { type: "status", turn: event.turn, generation, text: event.text };
    }
  }

  *#flush(): Generator<StreamEvent> {
    const delta = this.#feed?.flush();
    if (delta) {
      yield delta;
    }
  }

  /** Asks PostgreSQL and tells what differs from what this reader knows. */
  async *#refresh(): AsyncGenerator<StreamEvent> {
    this.#dirty = false;
    this.#refreshedAt = Date.now();
    yield* this.#flush();
    const before = this.#watched;
    const watched = await findWatched(this.#caller, this.#conversationId);
    this.#watched = watched;
    if (!watched) {
      this.over = true;
      return;
    }
    if (before && before.restored !== watched.restored) {
      this.#afterSeq = 0;
      this.#told.clear();
      yield* this.open();
      return;
    }
    // Read before the messages: a turn that has ended has stored its answer already.
    const turns = await listTurns(watched);
    const known = Math.max(0, this.#afterSeq - OVERLAP);
    for (const message of await listWatched(watched, known)) {
      if (this.#isNews(message)) {
        yield { type: "message", message };
      }
    }
    for (const proposal of await listWatchedProposals(watched)) {
      if (this.#differs(proposal)) {
        yield { type: "proposal", proposal };
      }
    }
    yield* this.#follow(watched, turns);
    const conversation = JSON.stringify(watched.conversation);
    if (conversation !== this.#conversation) {
      this.#conversation = conversation;
      yield { type: "conversation", conversation: watched.conversation };
    }
  }

  async *#follow(watched: Watched, turns: WatchedTurn[]): AsyncGenerator<StreamEvent> {
    for (const turn of turns) {
      if (turn.state !== "running" && !this.#announced.has(turn.id)) {
        this.#announced.add(turn.id);
        yield ended(turn);
      }
    }
    const running = turns.find(({ state }) => state === "running");
    if (!running) {
      this.#feed = null;
      return;
    }
    const { id, generation, checkpoint } = running;
    if (this.#feed?.turn !== id || this.#feed.generation !== generation) {
      this.#feed = answerFeed(running, watched.restored ? watched.key : null);
      yield { type: "turn", turn: id, generation, state: "running" };
    }
    await this.#feed.take(0, checkpoint ?? "");
    yield* this.#flush();
  }

  async #openProposals(watched: Watched): Promise<ProposalView[]> {
    const proposals = await listWatchedProposals(watched);
    for (const proposal of proposals) {
      this.#differs(proposal);
    }
    return proposals;
  }

  /** Whether this reader knows it otherwise; from here on they know it so. */
  #differs(told: MessageView | ProposalView): boolean {
    const form = JSON.stringify(told);
    const differs = this.#told.get(told.id) !== form;
    this.#told.set(told.id, form);
    return differs;
  }

  #isNews(message: MessageView): boolean {
    if (!this.#differs(message)) {
      return false;
    }
    this.#afterSeq = Math.max(this.#afterSeq, message.seq);
    return true;
  }
}
