export type BudgetRules = {
  /** How much of a retry each call earns: .2 allows one retry for five calls. */
  perCall: number;
  /** Retries that a quiet process may always make, refilled one by one. */
  floor: number;
  refillMs: number;
  most: number;
};

export const usualBudget: BudgetRules = { perCall: 0.2, floor: 3, refillMs: 10_000, most: 10 };

/**
 * Bounds how much retries add to the load of an endpoint that fails already: a bucket that calls fill and retries empty.
 * In any time, retries ≤ floor + `perCall` × calls + time / `refillMs`.
 */
export class RetryBudget {
  private held: number;
  private refilledMs: number;
  private readonly rules: BudgetRules;
  private readonly now: () => number;

  constructor(rules: BudgetRules, now: () => number) {
    this.rules = rules;
    this.now = now;
    this.held = rules.floor;
    this.refilledMs = now();
  }

  /** A call that is no retry. */
  earn(): void {
    this.held = Math.min(this.rules.most, this.held + this.rules.perCall);
  }

  /** Takes one retry, if there is one. */
  spend(): boolean {
    this.refill();
    // A fifth, added five times, is a little less than one.
    if (this.held < 1 - 1e-6) {
      return false;
    }
    this.held -= 1;
    return true;
  }

  private refill(): void {
    const { floor, refillMs } = this.rules;
    const now = this.now();
    const due = Math.floor((now - this.refilledMs) / refillMs);
    if (due > 0) {
      this.refilledMs += due * refillMs;
      this.held = Math.max(this.held, Math.min(floor, this.held + due));
    }
  }
}
