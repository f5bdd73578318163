/** What can be wrong with a model, as a code: kept with the answer and counted, never shown. */
export type FaultCode =
  | "unreachable"
  | "slow"
  | "stalled"
  | "cut"
  | "malformed"
  | "rate_limited"
  | "server_error"
  | "refused"
  | "empty"
  | "loop"
  | "turn_timeout";

/** The model did not do its part. Expected, and answered by the offline model. */
export class ModelFault extends Error {
  override readonly name = "ModelFault";
  readonly code: FaultCode;

  constructor(code: FaultCode, options?: ErrorOptions) {
    super(`The model failed: ${code}`, options);
    this.code = code;
  }

  /** Asking again at once may help; where the endpoint says no, it does not. */
  get worthRetrying(): boolean {
    return !["refused", "loop", "turn_timeout"].includes(this.code);
  }
}

/** Why a turn ends although nothing went wrong with its model. */
export class TurnStopped extends Error {
  override readonly name = "TurnStopped";
  readonly why: "lost" | "cancelled" | "shutdown";

  constructor(why: TurnStopped["why"]) {
    super(`The turn was stopped: ${why}`);
    this.why = why;
  }
}

/** Names what a model's client threw. Anything that is not the model's doing comes back as it was. */
export function toFault(error: unknown): unknown {
  if (error instanceof ModelFault || error instanceof TurnStopped) {
    return error;
  }
  const status = numberIn(error, "status");
  if (status !== null) {
    return new ModelFault(codeOfStatus(status), { cause: error });
  }
  const code = codeOfText(chainOf(error));
  return code ? new ModelFault(code, { cause: error }) : error;
}

function codeOfStatus(status: number): FaultCode {
  if (status === 429) {
    return "rate_limited";
  }
  return status >= 500 || status === 408 ? "server_error" : "refused";
}

const TEXTS: [FaultCode, RegExp][] = [
  ["loop", /GraphRecursionError|Recursion limit/],
  [
    "cut",
    /terminated|premature close|ECONNRESET|other side closed|socket hang up|aborted by the server/i,
  ],
  [
    "unreachable",
    /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|fetch failed|Connection error|APIConnection/i,
  ],
  [
    "malformed",
    /SyntaxError|Unexpected token|Unexpected end of JSON|not valid JSON|Could not parse|reading '(?:delta|message|choices|content)'|Received empty response/,
  ],
];

function codeOfText(text: string): FaultCode | null {
  return TEXTS.find(([, pattern]) => pattern.test(text))?.[0] ?? null;
}

function chainOf(error: unknown, depth = 0): string {
  if (!(error instanceof Error) || depth > 4) {
    return "";
  }
  const code = "code" in error ? String(error.code) : "";
  return `${error.name} ${code} ${error.message}\n${chainOf(error.cause, depth + 1)}`;
}

function numberIn(error: unknown, field: string): number | null {
  if (typeof error !== "object" || error === null || !(field in error)) {
    return null;
  }
  const value: unknown = Reflect.get(error, field);
  return typeof value === "number" ? value : null;
}
