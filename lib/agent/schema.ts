import type { FaultCode } from "./fault-table";

export { type FaultCode, sayToStaff } from "./fault-table";

/** Which model answers: the page says it, because people may know whether a large model reads them. */
export type ModelInUse = { kind: "offline" | "openai"; name: string };

/** How a model of this process does: what an operator needs to see before customers tell them. */
export type ModelState = {
  name: string;
  role: "first" | "second" | "offline";
  /** Unknown until it was asked for the first time. */
  state: "up" | "down" | "unknown";
  /** ISO 8601, when it became so. */
  since: string;
  why?: FaultCode;
};
