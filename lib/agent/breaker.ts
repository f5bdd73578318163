import type { FaultCode } from "./fault-table";

export type BreakerRules = {
  /** What counts: the newest calls, no older than this. */
  windowMs: number;
  windowCalls: number;
  /** Fewer say nothing yet. */
  callsMin: number;
  /** The share of failures that opens it, from 0 to 1. */
  failureShare: number;
  /** How long it stays open the first time; twice as long after each probe that fails, up to the most. */
  coolDownMs: number;
  coolDownMaxMs: number;
  /** How long after a refusal that only a person ends, such as a wrong key. */
  longMs: number;
  /** An endpoint that asks to be left alone is, for at most so long; less than the least is left to the turn's own retry. */
  holdMinMs: number;
  holdMaxMs: number;
  /** A probe that was not heard of for so long is given up. */
  probeMaxMs: number;
};

export const usualRules: BreakerRules = {
  windowMs: 120_000,
  windowCalls: 20,
  callsMin: 4,
  failureShare: 0.5,
  coolDownMs: 5_000,
  coolDownMaxMs: 60_000,
  longMs: 300_000,
  holdMinMs: 2_000,
  holdMaxMs: 600_000,
  probeMaxMs: 75_000,
};

/** What one call tells the breaker. Each may be said at any time; what comes too late is not heard. */
export type Pass = {
  /** The endpoint answers. */
  heard(): void;
  failed(code: FaultCode, retryAfterMs?: number | null): void;
  /** The call is over; without a word before, it proves nothing. */
  left(): void;
};

export type BreakerView = {
  state: "up" | "down" | "unknown";
  sinceMs: number;
  why: FaultCode | null;
};

type Phase = { kind: "closed" } | { kind: "open"; untilMs: number } | { kind: "probing" };
type Outcome = { atMs: number; ok: boolean };
type Collaborators = {
  now: () => number;
  random: () => number;
  changed?: (to: BreakerView) => void;
};

/** Only a person can end these, so asking again soon is useless. */
const LASTING: ReadonlySet<FaultCode> = new Set(["wrong_key", "unknown_model", "quota_spent"]);
/** The endpoint answered; what it said does not tell that the next call will fail. */
const ALIVE: ReadonlySet<FaultCode> = new Set([
  "too_long",
  "filtered",
  "endless",
  "bad_arguments",
  "unknown_tool",
  "loop",
  "turn_timeout",
  "turn_budget",
]);
/** Each costs a customer the whole patience, so half as many are enough. */
const WEARING: ReadonlySet<FaultCode> = new Set(["hung", "slow", "stalled", "unreachable"]);

/**
 * Keeps calls away from an endpoint that fails: closed while it does well, open for a jittered while once too many of the
 * newest calls failed, then one probe decides (M. Nygard, "Release It!", circuit breaker).
 */
export class Breaker {
  private phase: Phase = { kind: "closed" };
  /** Outcomes of calls from before a change of phase say nothing about what came after it. */
  private epoch = 0;
  private outcomes: Outcome[] = [];
  private trips = 0;
  private view: BreakerView;
  private probeSinceMs = 0;
  private readonly rules: BreakerRules;
  private readonly with: Collaborators;

  constructor(rules: BreakerRules, collaborators: Collaborators) {
    this.rules = rules;
    this.with = collaborators;
    this.view = { state: "unknown", sinceMs: collaborators.now(), why: null };
  }

  look(): BreakerView {
    return this.view;
  }

  /** A pass for one call, or null while the endpoint is to be left alone. */
  enter(): Pass | null {
    if (this.phase.kind === "closed") {
      return this.pass();
    }
    const now = this.with.now();
    const due =
      this.phase.kind === "open"
        ? now >= this.phase.untilMs
        : now - this.probeSinceMs >= this.rules.probeMaxMs;
    if (!due) {
      return null;
    }
    this.turn({ kind: "probing" });
    this.probeSinceMs = now;
    return this.pass();
  }

  private pass(): Pass {
    let epoch = this.epoch;
    let counted = false;
    const current = () => epoch === this.epoch;
    return {
      heard: () => {
        if (current() && !counted) {
          counted = true;
          this.succeed();
          ({ epoch } = this);
        }
      },
      failed: (code, retryAfterMs = null) => {
        if (!current()) {
          return;
        }
        if (ALIVE.has(code)) {
          this.succeed();
        } else {
          this.fail(code, retryAfterMs);
        }
        counted = true;
        epoch = Number.NaN;
      },
      left: () => {
        if (current() && this.phase.kind === "probing") {
          // Nothing was learned, so the next call may probe at once.
          this.turn({ kind: "open", untilMs: this.with.now() });
        }
        epoch = Number.NaN;
      },
    };
  }

  private succeed(): void {
    if (this.phase.kind === "probing") {
      this.turn({ kind: "closed" });
      this.outcomes = [];
      this.trips = 0;
    }
    this.note(true);
    this.show("up", null);
  }

  private fail(code: FaultCode, retryAfterMs: number | null): void {
    const probing = this.phase.kind === "probing";
    this.note(false);
    if (WEARING.has(code)) {
      this.note(false);
    }
    const asked = retryAfterMs ?? 0;
    if (probing || LASTING.has(code) || asked >= this.rules.holdMinMs || this.failsTooOften()) {
      this.open(code, Math.min(asked, this.rules.holdMaxMs));
    }
  }

  private open(code: FaultCode, askedMs: number): void {
    const { coolDownMs, coolDownMaxMs, longMs } = this.rules;
    const usual = Math.min(coolDownMs * 2 ** this.trips, coolDownMaxMs);
    // Between half and all of it, so that many processes do not come back at one moment; never sooner than was asked for.
    const ours = (LASTING.has(code) ? longMs : usual) * (0.5 + this.with.random() / 2);
    this.trips += 1;
    this.outcomes = [];
    this.turn({ kind: "open", untilMs: this.with.now() + Math.max(ours, askedMs) });
    this.show("down", code);
  }

  private failsTooOften(): boolean {
    const { callsMin, failureShare } = this.rules;
    const failures = this.outcomes.filter(({ ok }) => !ok).length;
    return this.outcomes.length >= callsMin && failures / this.outcomes.length >= failureShare;
  }

  private note(ok: boolean): void {
    const atMs = this.with.now();
    const oldest = atMs - this.rules.windowMs;
    this.outcomes = [...this.outcomes, { atMs, ok }]
      .filter((outcome) => outcome.atMs >= oldest)
      .slice(-this.rules.windowCalls);
  }

  private turn(phase: Phase): void {
    this.phase = phase;
    this.epoch += 1;
  }

  private show(state: BreakerView["state"], why: FaultCode | null): void {
    if (state === this.view.state && why === this.view.why) {
      return;
    }
    const sinceMs = state === this.view.state ? this.view.sinceMs : this.with.now();
    this.view = { state, sinceMs, why };
    this.with.changed?.(this.view);
  }
}
