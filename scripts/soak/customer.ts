import { setTimeout as pause } from "node:timers/promises";
import { v7 } from "uuid";
import { type Person, send } from "@/scripts/load/person";
import { type Acknowledged, differences } from "./judge";
import type { Random } from "./random";
import { readStored, type Shown, show } from "./screen";

/** After so many messages a customer begins another conversation: a page of the record holds no more than 200. */
const CONVERSATION_MAX = 40;
/** What trying again does not help against. */
const FINAL = new Set([
  "message_id_reused",
  "not_found",
  "session_missing",
  "consent_missing",
  "conversation_closed",
  "processing_restricted",
]);
const chat = "app/(customer)/chat/actions.ts";
const questions = [
  "How long does delivery take?",
  "May I return boots that I have worn?",
  "Do you repair tents?",
  "What does a size 42 measure?",
  "My jacket has lost its down. What now?",
];

/**
 * A customer who writes, alone or in bursts, whether the answer has come or not; who sends again under the same id
 * whatever was not acknowledged, presses Retry on a failed answer, and sometimes Stop.
 */
export class Customer {
  readonly who: string;
  readonly person: Person;
  readonly sent: string[] = [];
  readonly acknowledged: Acknowledged[] = [];
  readonly unacknowledged = new Set<string>();
  readonly refused: string[] = [];
  readonly presses = { resend: 0, retry: 0, stop: 0 };
  /** A lead is busy with this conversation: the customer stays in it. */
  attended = false;
  readonly #random: Random;
  readonly #left: Shown[] = [];
  #shown: Shown | null = null;
  #conversationId = v7();
  #written = 0;

  constructor(who: string, person: Person, random: Random) {
    this.who = who;
    this.person = person;
    this.#random = random;
  }

  /** The conversation on the screen, once it exists. */
  get conversationId(): string | null {
    return this.#shown ? this.#conversationId : null;
  }

  get screens(): Shown[] {
    return [...this.#left, ...(this.#shown ? [this.#shown] : [])];
  }

  /** Writes until `over`; resolves when everything that was sent is acknowledged, or refused for good. */
  async write(over: AbortSignal): Promise<void> {
    while (!over.aborted) {
      await pause(this.#random.between(1_500, 5_000));
      await this.#say();
      if (this.#random.chance(0.5)) {
        await this.#awaitAnswer();
      }
      if (this.#written >= CONVERSATION_MAX && !this.attended) {
        await this.#beginAnew();
      }
    }
  }

  /** Presses Retry whenever an answer has failed, until `closed`. */
  async retry(closed: AbortSignal): Promise<void> {
    while (!closed.aborted) {
      await pause(1_000);
      if (this.#shown?.state().outcome === "failed") {
        this.presses.retry += 1;
        await this.#press("answerAgain");
        await pause(2_000);
      }
    }
  }

  close(): void {
    this.#shown?.close();
  }

  async #say(): Promise<void> {
    const texts = Array.from({ length: this.#random.chance(0.2) ? 2 : 1 }, () => {
      this.#written += 1;
      return `${this.#random.pick(questions)} (${this.who}, question ${this.sent.length + 1})`;
    });
    const stop = this.#random.chance(0.05);
    const waitMs = this.#random.between(200, 1_500);
    await Promise.all(texts.map((text) => this.#deliver(v7(), text)));
    if (stop) {
      await pause(waitMs);
      this.presses.stop += 1;
      await this.#press("stopAnswer");
    }
  }

  async #deliver(id: string, text: string): Promise<void> {
    const conversationId = this.#conversationId;
    this.sent.push(id);
    this.unacknowledged.add(id);
    for (let waitMs = 500; this.unacknowledged.has(id); waitMs = Math.min(waitMs * 2, 4_000)) {
      const outcome = await send(this.person, { id, conversationId, text }, { withinMs: 20_000 });
      if (outcome.kind === "acknowledged") {
        const { message } = outcome;
        this.unacknowledged.delete(id);
        this.acknowledged.push({ id, conversationId, seq: message.seq, role: "customer" });
        this.#shown ??= show(this.person, conversationId);
        this.#shown.tell({ type: "message", message });
      } else if (outcome.kind === "refused" && FINAL.has(outcome.code)) {
        this.unacknowledged.delete(id);
        this.refused.push(`${this.who} was refused ${id} in ${conversationId}: ${outcome.code}`);
      } else {
        this.presses.resend += 1;
        await pause(outcome.kind === "refused" && outcome.code === "rate_limited" ? 5_000 : waitMs);
      }
    }
  }

  async #press(name: "answerAgain" | "stopAnswer"): Promise<void> {
    const conversationId = this.#conversationId;
    const where = { file: chat, name, path: `/chat/${conversationId}`, withinMs: 20_000 };
    await this.person.call(where, { conversationId });
  }

  async #awaitAnswer(): Promise<void> {
    for (const until = Date.now() + 15_000; Date.now() < until && this.#isAnswering(); ) {
      await pause(200);
    }
  }

  #isAnswering(): boolean {
    const state = this.#shown?.state();
    return state?.outcome === "running" || state?.messages.at(-1)?.role === "customer";
  }

  /** Leaves a conversation that has come to rest; its screen stays as it is and is judged in the end. */
  async #beginAnew(): Promise<void> {
    await this.#awaitAnswer();
    const shown = this.#shown;
    const stored = shown && (await readStored(this.person, shown.conversationId));
    const rests = stored && differences(shown.state().messages, stored).length === 0;
    if (!rests || this.#isAnswering() || this.attended) {
      return;
    }
    shown.close();
    this.#left.push(shown);
    this.#shown = null;
    this.#conversationId = v7();
    this.#written = 0;
  }
}
