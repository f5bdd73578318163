import type { FaultCode } from "./fault-table";

type Options = ErrorOptions & {
  /** How long the endpoint asks to be left alone. */
  retryAfterMs?: number | null;
  /** Nobody was asked: the breaker is open, or there is no time left. */
  skipped?: boolean;
};

/** The model did not do its part. Expected, and answered by the next model, last by the one in this process. */
export class ModelFault extends Error {
  override readonly name = "ModelFault";
  readonly code: FaultCode;
  readonly retryAfterMs: number | null;
  readonly skipped: boolean;

  constructor(code: FaultCode, { retryAfterMs = null, skipped = false, ...options }: Options = {}) {
    super(`The model failed: ${code}`, options);
    this.code = code;
    this.retryAfterMs = retryAfterMs;
    this.skipped = skipped;
  }

  /**
   * Asking the same model again may help. Not where it says no for a reason that stays, and not where waiting for it
   * has used up the customer's patience already.
   */
  get worthRetrying(): boolean {
    return !this.skipped && WORTH_RETRYING.has(this.code);
  }
}

const WORTH_RETRYING: ReadonlySet<FaultCode> = new Set([
  "refused",
  "cut",
  "malformed",
  "rate_limited",
  "server_error",
  "empty",
]);

/** Why a turn ends although nothing went wrong with its model. */
export class TurnStopped extends Error {
  override readonly name = "TurnStopped";
  readonly why: "lost" | "cancelled" | "shutdown";

  constructor(why: TurnStopped["why"]) {
    super(`The turn was stopped: ${why}`);
    this.why = why;
  }
}

/** Our own part of a tool failed, such as the database: no model is to blame, and no other would do better. */
export class ToolBroke extends Error {
  override readonly name = "ToolBroke";
}
