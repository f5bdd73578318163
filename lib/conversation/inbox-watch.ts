import type { StaffCaller } from "@/lib/auth/schema";
import type { ConsoleEvent } from "./schema";
import { countInbox } from "./store-inbox";

/** The inbox's figures, asked once a second at most however often the bell rings. */
export class InboxWatch {
  readonly #staff: StaffCaller;
  readonly #restMs: number;
  #last = "";
  #nextCount = 0;
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
    if (Date.now() < this.#nextCount) {
      return;
    }
    this.#nextCount = Date.now() + this.#restMs;
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
    }
  }
}
