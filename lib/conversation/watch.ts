import type { Caller } from "@/lib/auth/schema";
import { Refusal } from "@/lib/errors";
import type { MessageView, StreamEvent } from "./schema";
import type { LogEntry } from "./store-events";
import {
  findWatched,
  listTurns,
  listWatched,
  listWatchedProposals,
  type Watched,
  type WatchedTurn,
} from "./store-watch";
import { Told } from "./told";
import { ended, failureAtRest } from "./turn-ended";
import { Words } from "./words";

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
  readonly #words: Words;
  readonly #told = new Told();
  #afterSeq: number;
  #watched: Watched | null = null;
  #announced = new Set<string>();
  #dirty = false;
  #refreshedAt = Number.NEGATIVE_INFINITY;
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
    this.#words = new Words(conversationId);
    this.#afterSeq = afterSeq;
  }

  /** A person is owed to this reader: who is there and who comes first concerns them. */
  get waits(): boolean {
    return this.#watched?.conversation.people.queue != null;
  }

  /** The snapshot, with the answer in its midst as far as it is known. Refuses `not_found`. */
  async *open(): AsyncGenerator<StreamEvent> {
    const newest = await this.#words.lastId();
    const watched = await findWatched(this.#caller, this.#conversationId);
    if (!watched) {
      throw new Refusal("not_found");
    }
    this.#watched = watched;
    this.slow = newest === null;
    const messages = await listWatched(watched, Math.max(0, this.#afterSeq - OVERLAP));
    const proposals = await listWatchedProposals(watched);
    const turns = await listTurns(watched);
    const running = turns.find(({ state }) => state === "running");
    this.more = await this.#words.begin(watched, running, newest);
    const text = this.#words.flush()?.text ?? "";
    yield {
      type: "snapshot",
      conversation: watched.conversation,
      messages: messages.filter((message) => this.#isNews(message)),
      proposals,
      turn: running
        ? { id: running.id, generation: running.generation, text, offset: text.length }
        : null,
    };
    for (const each of [watched.conversation, ...proposals]) {
      this.#told.differs(each.id, each);
    }
    for (const turn of turns.filter(({ state }) => state !== "running")) {
      this.#announced.add(turn.id);
    }
    yield* failureAtRest(turns, watched.conversation);
    if (this.slow) {
      yield { type: "notice", level: "warning", text: SLOW };
    }
  }

  /** What is new. `rang`: the bell said so; `check`: time to ask whether the reader may still see it. */
  async *look(rang: boolean, check: boolean): AsyncGenerator<StreamEvent> {
    const batch = this.#watched && (await this.#words.read(this.#watched));
    if (!batch) {
      yield* this.#lookWithoutLog();
      return;
    }
    if (this.slow) {
      this.#back = true;
      yield* this.open();
      return;
    }
    this.#dirty ||= this.more && batch.entries.length === 0;
    this.more = batch.more;
    for (const entry of batch.entries) {
      yield* this.#read(entry);
    }
    yield* this.#flush();
    const odd = this.#words.holed || (rang && batch.entries.length === 0);
    if (this.#dirty || check || (odd && this.#isRested())) {
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
  // A hole may take a checkpoint to fill. Neither is worth asking more often than this.
  #isRested(): boolean {
    return performance.now() - this.#refreshedAt > RING_REST_MS;
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
    if (this.#words.isNew(event.turn, generation)) {
      yield* this.#refresh();
    }
    if (await this.#words.take(entry)) {
      return;
    }
    if (event.type === "status" && this.#words.follows(event.turn, generation)) {
      yield { type: "status", turn: event.turn, generation, text: event.text };
    }
  }

  *#flush(): Generator<StreamEvent> {
    const delta = this.#words.flush();
    if (delta) {
      yield delta;
    }
  }

  /** Asks PostgreSQL and tells what differs from what this reader knows. */
  async *#refresh(): AsyncGenerator<StreamEvent> {
    this.#dirty = false;
    this.#refreshedAt = performance.now();
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
      this.#told.forget();
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
      if (this.#told.differs(proposal.id, proposal)) {
        yield { type: "proposal", proposal };
      }
    }
    yield* this.#follow(watched, turns);
    const { conversation } = watched;
    if (this.#told.differs(conversation.id, conversation)) {
      yield { type: "conversation", conversation };
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
    const begins = await this.#words.follow(watched, running);
    if (running && begins) {
      const { id, generation } = running;
      yield { type: "turn", turn: id, generation, state: "running" };
    }
    yield* this.#flush();
  }

  #isNews(message: MessageView): boolean {
    if (!this.#told.differs(message.id, message)) {
      return false;
    }
    this.#afterSeq = Math.max(this.#afterSeq, message.seq);
    return true;
  }
}
