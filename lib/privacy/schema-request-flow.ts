import { z } from "zod";
import type { RequestKind, RequestState } from "./schema-request";

/**
 * Which state may follow which. What people ask for is approved before it waits or runs. `received` does so at once only
 * where that was decided elsewhere: by a rule that an admin has set, or in a copy of the database that is gone and whose
 * erasures are replayed.
 */
export const requestMoves: Readonly<Record<RequestState, readonly RequestState[]>> = {
  identity_check: ["received", "refused", "duplicate", "withdrawn"],
  received: [
    "identity_check",
    "approved",
    "waiting",
    "running",
    "refused",
    "duplicate",
    "withdrawn",
  ],
  approved: ["waiting", "running", "done", "refused", "withdrawn"],
  waiting: ["running", "withdrawn"],
  running: ["running", "done", "failed", "withdrawn"],
  failed: ["waiting", "running", "refused", "withdrawn"],
  done: [],
  refused: [],
  duplicate: [],
  withdrawn: [],
};

export function mayMove(from: RequestState, to: RequestState): boolean {
  return requestMoves[from].includes(to);
}

/** Not answered yet: it counts towards its due date, and another one of its kind joins it. */
export const openStates: readonly RequestState[] = [
  "identity_check",
  "received",
  "approved",
  "waiting",
  "running",
  "failed",
];

export function isOpenState(state: RequestState): boolean {
  return openStates.includes(state);
}

/** What the customer can still take back: nothing of it has begun. */
export const withdrawableStates: readonly RequestState[] = [
  "identity_check",
  "received",
  "approved",
  "waiting",
];

/** Where an admin can still say yes, no, or that it was said before. */
export const decidableStates: readonly RequestState[] = ["identity_check", "received"];

/** Kinds that a job carries out; the others are carried out in the transaction that decides them, or by a person. */
export const runByJob: readonly RequestKind[] = ["export", "erasure"];

/** Why a request is refused. A list, because it outlives the person; the article tells them what to look up. */
export const RefusalReason = z.enum([
  "identity_not_proven",
  "unfounded",
  "excessive",
  "legal_duty",
  "legal_claims",
  "rights_of_others",
  "accurate_already",
]);
export type RefusalReason = z.infer<typeof RefusalReason>;

export const refusalReasons: Record<RefusalReason, string> = {
  identity_not_proven: "We could not make sure that it is you (Art. 12(2) GDPR)",
  unfounded: "It is manifestly unfounded (Art. 12(5) GDPR)",
  excessive: "It repeats what was answered a short time ago (Art. 12(5) GDPR)",
  legal_duty: "A law has us keep this (Art. 17(3)(b) GDPR)",
  legal_claims: "It is needed for a legal claim (Art. 17(3)(e), 21(1) GDPR)",
  rights_of_others: "It would harm the rights of other people (Art. 15(4) GDPR)",
  accurate_already: "What we keep is right as it is (Art. 16 GDPR)",
};

/** The only two reasons that the law knows for two further months. */
export const ExtensionReason = z.enum(["complex", "many_requests"]);
export type ExtensionReason = z.infer<typeof ExtensionReason>;

export const extensionReasons: Record<ExtensionReason, string> = {
  complex: "The request is complex (Art. 12(3) GDPR)",
  many_requests: "There are many requests at once (Art. 12(3) GDPR)",
};

/** What somebody can say is wrong about them. What was learned from their conversations they correct on /memory. */
export const StatementField = z.enum(["name", "email", "address", "other"]);
export type StatementField = z.infer<typeof StatementField>;

/** What is wrong and what is right, in the placeholder form. */
export const Statement = z.object({
  field: StatementField,
  before: z.string().max(2_000),
  after: z.string().min(1).max(2_000),
});
export type Statement = z.infer<typeof Statement>;

/** How long a confirmation's code opens anything, and how often it may be mistyped. */
export const CODE_MINUTES = 30;
export const CODE_TRIES_MAX = 5;

/** How long an erasure waits that nobody else could approve. */
export const ALONE_HOURS = 24;
