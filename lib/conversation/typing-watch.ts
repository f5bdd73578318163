import type { Caller } from "@/lib/auth/schema";
import type { StreamEvent } from "./schema";
import { hearTyping } from "./store-events";

/** Hears, for one reader of one conversation, that the other side is writing. Nothing of it is stored. */
export class TypingWatch {
  readonly #conversationId: string;
  readonly #from: Caller["kind"];
  #heard = false;

  constructor(reader: Caller["kind"], conversationId: string) {
    this.#conversationId = conversationId;
    this.#from = reader === "customer" ? "staff" : "customer";
  }

  listen(ring: () => void): () => void {
    return hearTyping(this.#conversationId, (by) => {
      if (by === this.#from) {
        this.#heard = true;
        ring();
      }
    });
  }

  *look(): Generator<StreamEvent> {
    if (this.#heard) {
      this.#heard = false;
      yield { type: "typing", by: this.#from };
    }
  }
}
