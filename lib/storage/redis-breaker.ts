import { log } from "@/lib/observability";

const PROBE_AFTER_MS = 2_000;

/**
 * Stands between callers and one server. Whoever finds it silent opens it; from then on nobody waits: it asks by itself,
 * every two seconds, until there is an answer. By timers alone, so that a clock that jumps cannot keep it open.
 */
export class Breaker {
  /** Since when nobody is let through; null while all are. */
  since: Date | null = null;
  private readonly probe: () => Promise<boolean>;
  private timer: NodeJS.Timeout | undefined;
  private isProbing = false;

  constructor(probe: () => Promise<boolean>) {
    this.probe = probe;
  }

  open(): void {
    if (!this.since) {
      this.since = new Date();
      log.warn({ event: "redis_gone" });
      this.wait();
    }
  }

  /** Asks at once, where there is reason to hope. */
  async ask(): Promise<void> {
    if (!this.since || this.isProbing) {
      return;
    }
    this.isProbing = true;
    clearTimeout(this.timer);
    const isBack = await this.probe();
    this.isProbing = false;
    if (isBack) {
      this.since = null;
      log.info({ event: "redis_back" });
    } else {
      this.wait();
    }
  }

  private wait(): void {
    this.timer = setTimeout(() => void this.ask(), PROBE_AFTER_MS).unref();
  }
}
