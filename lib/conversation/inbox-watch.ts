import type { StaffCaller } from "@/lib/auth/schema";
import { newId } from "@/lib/id";
import { report } from "@/lib/observability";
import type { ConsoleEvent } from "./schema";
import { ringQueue } from "./store-events";
import { countInbox, listCalls } from "./store-inbox";
import { beHere, leave } from "./store-presence";

const HERE_EVERY_MS = 15_000;

/**
 * The inbox of one open console: its figures and what calls its lead, asked once a second at most however often the bell
 * rings. While it is looked at, its lead is there for customers.
 */
export class InboxWatch {
  readonly #staff: StaffCaller;
  readonly #restMs: number;
  readonly #consoleId = newId();
  #last = "";
  #lastCalls = "";
  #nextCount = 0;
  #nextHere = 0;
  #stirred = false;

  constructor(staff: StaffCaller, { countMs }: { countMs: number }) {
    this.#staff = staff;
    this.#restMs = countMs;
  }

  /** Something in the inbox moved, though perhaps no figure. */
  stir(ring: () => void): void {
    this.#stirred = true;
    ring();
  }

  async *look(): AsyncGenerator<ConsoleEvent> {
    await this.#stay();
    if (performance.now() < this.#nextCount) {
      return;
    }
    this.#nextCount = performance.now() + this.#restMs;
    const counts = await countInbox(this.#staff);
    const form = JSON.stringify(counts);
    const changed = form !== this.#last;
    if (changed) {
      this.#last = form;
      yield { type: "counts", counts };
    }
    if (changed || this.#stirred) {
      this.#stirred = false;
      yield { type: "inbox" };
      yield* this.#call();
    }
  }

  async *#call(): AsyncGenerator<ConsoleEvent> {
    const calls = await listCalls(this.#staff);
    const form = JSON.stringify(calls);
    if (form !== this.#lastCalls) {
      this.#lastCalls = form;
      yield { type: "calls", calls };
    }
  }

  async #stay(): Promise<void> {
    if (performance.now() < this.#nextHere) {
      return;
    }
    this.#nextHere = performance.now() + HERE_EVERY_MS;
    if (await beHere(this.#consoleId, this.#staff.id)) {
      await ringQueue();
    }
  }

  /** The console was closed. If this is not heard of, it is missed within 45 seconds. */
  leave(): void {
    leave(this.#consoleId).catch((error: unknown) => report(error, { where: "inbox.leave" }));
  }
}
