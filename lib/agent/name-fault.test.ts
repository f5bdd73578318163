import { expect, test } from "vitest";
import type { FaultCode } from "./fault-table";
import { ModelFault, ToolBroke, TurnStopped } from "./faults";
import { toFault } from "./name-fault";

/** As the client throws what an endpoint answered. */
function answered(
  status: number | undefined,
  body: { message?: string; code?: string; type?: string },
  headers: Record<string, string> = {},
): Error {
  const { message = "No", ...rest } = body;
  const error = { status, error: body, headers: new Headers(headers), ...rest };
  return Object.assign(new Error(`${status} ${message}`), error);
}

/** As the client throws what the network did. */
function network(code: string): Error {
  const cause = Object.assign(new Error(`connect ${code}`), { code });
  const fetching = new TypeError("fetch failed", { cause });
  return Object.assign(new Error("Connection error.", { cause: fetching }), { status: undefined });
}

test.each<[string, unknown, FaultCode]>([
  ["401", answered(401, { message: "No" }), "wrong_key"],
  ["403", answered(403, { message: "No" }), "wrong_key"],
  ["400 with a bad key, as some say it", answered(400, { code: "invalid_api_key" }), "wrong_key"],
  ["402", answered(402, { message: "Payment required" }), "quota_spent"],
  ["429 for a spent quota", answered(429, { code: "insufficient_quota" }), "quota_spent"],
  ["429", answered(429, { message: "Rate limit reached" }), "rate_limited"],
  ["404", answered(404, { message: "Not found" }), "unknown_model"],
  ["400 for a model that is none", answered(400, { code: "model_not_found" }), "unknown_model"],
  ["400 for too much", answered(400, { code: "context_length_exceeded" }), "too_long"],
  ["413", answered(413, {}), "too_long"],
  ["400 by a filter", answered(400, { code: "content_filter" }), "filtered"],
  ["any other 400", answered(400, { message: "Bad request" }), "rejected"],
  ["500", answered(500, {}), "server_error"],
  ["503", answered(503, {}), "server_error"],
  ["an error event", answered(undefined, { type: "server_error" }), "server_error"],
  [
    "an error event of a rate limit",
    answered(undefined, { type: "rate_limit_error" }),
    "rate_limited",
  ],
  ["a refused connection", network("ECONNREFUSED"), "refused"],
  ["a name that is not known", network("ENOTFOUND"), "unreachable"],
  ["a certificate that is wrong", network("CERT_HAS_EXPIRED"), "unreachable"],
  ["a connection that ends", new TypeError("terminated"), "cut"],
  ["what is not JSON", new SyntaxError("Unexpected token <"), "malformed"],
])("%s is named for what it is", (_, error, code) => {
  expect(toFault(error)).toMatchObject({ name: "ModelFault", code });
});

test("how long the endpoint asks to be left alone is kept", () => {
  const error = answered(429, {}, { "retry-after": "3" });
  expect(toFault(error)).toMatchObject({ retryAfterMs: 3_000 });
  expect(toFault(answered(429, {}))).toMatchObject({ retryAfterMs: null });
});

test("our own words come through whatever the agent wrapped them in", () => {
  const loop = new ModelFault("loop");
  const lost = new TurnStopped("lost");
  expect(toFault(new Error("wrapped", { cause: new Error("again", { cause: loop }) }))).toBe(loop);
  expect(toFault(new Error("wrapped", { cause: lost }))).toBe(lost);
});

test("a database that refuses a tool its connection is no failure of the model", () => {
  const error = new ToolBroke("look_up_order", { cause: network("ECONNREFUSED") });
  expect(toFault(error)).toBe(error);
});

test("what nobody knows is not called a failure of the model", () => {
  const error = new RangeError("Something of ours");
  expect(toFault(error)).toBe(error);
});
