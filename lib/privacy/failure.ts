import { Refusal } from "@/lib/errors";
import { SealError } from "./seal-error";

/** What is written beside a failed run: a code, because a message of a vendor could quote a person. */
export function failureOf(error: unknown): string {
  if (error instanceof Refusal) {
    return error.code;
  }
  if (error instanceof SealError) {
    return "does_not_open";
  }
  if (error instanceof Error && error.name === "RedisGone") {
    return "redis_gone";
  }
  if (error instanceof Error && error.name === "LedgerBroken") {
    return "ledger_broken";
  }
  return error instanceof LeftOver ? "left_over" : "unexpected";
}

/** An erasure found something of the person after everything was removed. Names stores and counts. */
export class LeftOver extends Error {
  override readonly name = "LeftOver";
  readonly foundIn: readonly string[];

  constructor(foundIn: readonly string[]) {
    super(`Something is left after the erasure: ${foundIn.join(", ")}`);
    this.foundIn = foundIn;
  }
}
