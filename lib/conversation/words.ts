import { type AnswerFeed, answerFeed } from "./answer-feed";
import type { StreamEvent } from "./schema";
import { EVENTS_BATCH, isAfter, type LogEntry, lastEntryId, readEntries } from "./store-events";
import type { Watched, WatchedTurn } from "./store-watch";

type Attempt = Pick<WatchedTurn, "id" | "generation" | "checkpoint">;

/**
 * The words of the answer that is being written, for one reader: from the log, which is quick, and from PostgreSQL's
 * checkpoints, which are sure.
 */
export class Words {
  readonly #conversationId: string;
  #cursor = "0";
  #feed: AnswerFeed | null = null;
  /** A piece is missing: the log lost it, or this reader was too slow for it. */
  holed = false;

  constructor(conversationId: string) {
    this.#conversationId = conversationId;
  }

  /** Where the log ends; null while Redis is gone. */
  async lastId(): Promise<string | null> {
    return await lastEntryId(this.#conversationId);
  }

  /**
   * Begins with an attempt: its checkpoint, then all that the log holds; without one, behind the log's end. True when
   * something was stored while PostgreSQL was being read, so that it is to be read once more.
   */
  async begin(
    watched: Watched,
    running: Attempt | undefined,
    newest: string | null,
  ): Promise<boolean> {
    this.#cursor = running ? "0" : (newest ?? "0");
    this.#feed = null;
    this.holed = false;
    if (!running) {
      return false;
    }
    await this.#open(watched, running);
    return await this.#takeAll(watched, newest);
  }

  async #open(watched: Watched, attempt: Attempt): Promise<void> {
    this.#feed = answerFeed(attempt, watched.restored ? watched.key : null);
    await this.#feed.take(0, attempt.checkpoint ?? "");
  }

  /** The next entries of the log, a batch at most; null while Redis is gone. The words in them are taken. */
  async read({ key }: Watched): Promise<{ entries: LogEntry[]; more: boolean } | null> {
    const entries = await readEntries(key, this.#conversationId, this.#cursor);
    if (!entries) {
      return null;
    }
    this.#cursor = entries.at(-1)?.id ?? this.#cursor;
    return { entries, more: entries.length >= EVENTS_BATCH };
  }

  /** Takes a piece of the answer that is followed now; false for anything else. */
  async take({ event, generation }: LogEntry): Promise<boolean> {
    if (event?.type !== "delta" || !this.follows(event.turn, generation)) {
      return false;
    }
    if (!(await this.#feed?.take(event.offset, event.text))) {
      this.holed = true;
    }
    return true;
  }

  follows(turn: string, generation: number): boolean {
    return this.#feed?.turn === turn && this.#feed.generation === generation;
  }

  /** Whether this attempt is not the one that is followed, and is newer. */
  isNew(turn: string, generation: number): boolean {
    return this.#feed?.turn !== turn || this.#feed.generation < generation;
  }

  /** Goes on with what PostgreSQL knows; true when that is another attempt than before. */
  async follow(watched: Watched, running: Attempt | undefined): Promise<boolean> {
    if (!running) {
      this.#feed = null;
      this.holed = false;
      return false;
    }
    const begins = !this.follows(running.id, running.generation);
    if (begins) {
      await this.#open(watched, running);
    } else {
      await this.#feed?.take(0, running.checkpoint ?? "");
    }
    if (this.holed) {
      await this.#fill(watched);
    }
    return begins;
  }

  // What came behind the hole was dropped; the log may hold it still. What it says besides is read in its own time.
  async #fill(watched: Watched): Promise<void> {
    const cursor = this.#cursor;
    this.#cursor = "0";
    this.holed = false;
    await this.#takeAll(watched, cursor);
    this.#cursor = cursor;
  }

  /** Takes every word from the cursor on; true when a hint stands behind `known`. */
  async #takeAll(watched: Watched, known: string | null): Promise<boolean> {
    let hinted = false;
    for (let more = true; more; ) {
      const batch = await this.read(watched);
      for (const entry of batch?.entries ?? []) {
        await this.take(entry);
        hinted ||= entry.event === null && isAfter(entry.id, known);
      }
      more = batch?.more ?? false;
    }
    return hinted;
  }

  /** What this reader has not been shown yet. */
  flush(): Extract<StreamEvent, { type: "delta" }> | null {
    return this.#feed?.flush() ?? null;
  }
}
