import { callWhenLate } from "@/lib/late";
import { ModelFault } from "./faults";
import type { Watch } from "./watch";

/** Waits for one piece after the other with one timer for all of them: there are thousands a second. */
export class Patience {
  readonly #watch: Watch;
  readonly #signal: AbortSignal;
  #fail: ((error: unknown) => void) | null = null;
  #dueMs = 0;
  #timer: { endsMs: number; callOff: () => void } | null = null;

  constructor(watch: Watch, signal: AbortSignal) {
    this.#watch = watch;
    this.#signal = signal;
    signal.addEventListener("abort", this.#stop, { once: true });
  }

  /** Waits for a piece as long as it may take; rejects with the model's fault, or with the reason of the turn's end. */
  async wait<T>(piece: Promise<T>): Promise<T> {
    this.#dueMs = performance.now() + this.#watch.patience().ms;
    return await new Promise<T>((resolve, reject) => {
      this.#fail = reject;
      // Whoever loses the race still settles later; nobody is left to hear it.
      piece.then(resolve, reject);
      if (this.#signal.aborted) {
        this.#stop();
      } else if (this.#timer === null || this.#timer.endsMs > this.#dueMs) {
        this.#arm();
      }
    });
  }

  end(): void {
    this.#fail = null;
    this.#timer?.callOff();
    this.#signal.removeEventListener("abort", this.#stop);
  }

  readonly #stop = (): void => this.#fail?.(this.#signal.reason);

  #arm(): void {
    this.#timer?.callOff();
    const endsMs = this.#dueMs;
    const callOff = callWhenLate(endsMs - performance.now(), () => this.#ring());
    this.#timer = { endsMs, callOff };
  }

  // Pieces that came meanwhile have put the end off.
  #ring(): void {
    this.#timer = null;
    if (performance.now() < this.#dueMs - 1) {
      this.#arm();
    } else {
      // Named when the time is up: until then the endpoint may still begin to answer.
      this.#fail?.(new ModelFault(this.#watch.patience().code));
    }
  }
}
