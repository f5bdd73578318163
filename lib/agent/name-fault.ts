import type { FaultCode } from "./fault-table";
import { ModelFault, ToolBroke, TurnStopped } from "./faults";
import { readRetryAfter } from "./retry-after";

/** Names what a model's client threw. Anything that is not the model's doing comes back as it was. */
export function toFault(error: unknown): unknown {
  const chain = chainOf(error);
  // The agent wraps what a tool or our own fetch threw.
  const ours = chain.find((each) => each instanceof ModelFault || each instanceof TurnStopped);
  if (ours || chain.some((each) => each instanceof ToolBroke)) {
    return ours ?? error;
  }
  const answer = chain.find((each) => numberIn(each, "status") !== null || isErrorEvent(each));
  const text = chain.map(describe).join("\n");
  const code = answer ? codeOfAnswer(numberIn(answer, "status"), text) : codeOfText(text);
  if (!code) {
    return error;
  }
  const retryAfterMs = readRetryAfter(answer && fieldOf(answer, "headers"), Date.now());
  return new ModelFault(code, { cause: answer ?? error, retryAfterMs });
}

/** An error that came as an event of a stream that had begun well. */
function isErrorEvent(error: Error): boolean {
  return typeof fieldOf(error, "error") === "object" && fieldOf(error, "error") !== null;
}

// What the body says is more exact than the status, which providers use differently.
const BODIES: [FaultCode, RegExp][] = [
  [
    "too_long",
    /context_length_exceeded|ContextOverflow|maximum context length|context window|context size|prompt is too long|input tokens exceed/i,
  ],
  [
    "filtered",
    /content_filter|content_policy|content management policy|ResponsibleAIPolicy|safety system/i,
  ],
  [
    "quota_spent",
    /insufficient_quota|billing_hard_limit|billing_not_active|insufficient (?:credits?|balance|funds)|credit balance/i,
  ],
  [
    "unknown_model",
    /model_not_found|DeploymentNotFound|model .{0,80}(?:does not exist|not found)/i,
  ],
  ["wrong_key", /invalid_api_key|incorrect api key|invalid api key/i],
];

const STATUSES: Record<number, FaultCode> = {
  401: "wrong_key",
  402: "quota_spent",
  403: "wrong_key",
  404: "unknown_model",
  408: "server_error",
  413: "too_long",
  429: "rate_limited",
};

function codeOfAnswer(status: number | null, text: string): FaultCode {
  const named = BODIES.find(([, pattern]) => pattern.test(text))?.[0];
  if (named) {
    return named;
  }
  if (status === null) {
    return /rate.?limit/i.test(text) ? "rate_limited" : "server_error";
  }
  return STATUSES[status] ?? (status >= 500 ? "server_error" : "rejected");
}

const TEXTS: [FaultCode, RegExp][] = [
  ["loop", /GraphRecursionError|Recursion limit/],
  ["too_long", /ContextOverflowError/],
  ["refused", /ECONNREFUSED/],
  [
    "cut",
    /terminated|premature close|ECONNRESET|EPIPE|other side closed|socket hang up|aborted by the server/i,
  ],
  [
    "unreachable",
    /ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|CERT_|ERR_SSL|ERR_TLS|SELF_SIGNED|fetch failed|Connection error|APIConnection/i,
  ],
  [
    "malformed",
    /SyntaxError|Unexpected token|Unexpected end of JSON|not valid JSON|Could not parse|reading '(?:delta|message|choices|content)'|Received empty response/,
  ],
];

function codeOfText(text: string): FaultCode | null {
  return TEXTS.find(([, pattern]) => pattern.test(text))?.[0] ?? null;
}

const DEPTH_MAX = 8;

function chainOf(error: unknown): Error[] {
  const chain: Error[] = [];
  for (let each = error; each instanceof Error && chain.length < DEPTH_MAX; each = each.cause) {
    chain.push(each);
  }
  return chain;
}

function describe(error: Error): string {
  return `${error.name} ${String(fieldOf(error, "code"))} ${String(fieldOf(error, "type"))} ${error.message}`;
}

function fieldOf(holder: object, field: string): unknown {
  return field in holder ? Reflect.get(holder, field) : undefined;
}

function numberIn(error: Error, field: string): number | null {
  const value = fieldOf(error, field);
  return typeof value === "number" ? value : null;
}
