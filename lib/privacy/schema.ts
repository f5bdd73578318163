import { z } from "zod";

declare const redacted: unique symbol;

/** Text in which identifying values stand as placeholders. Only `redact()` makes it, so nothing else can be stored. */
export type RedactedText = string & { readonly [redacted]: true };

/** Kinds whose values the vault keeps, so that they can be put back: [EMAIL_1]. */
export const PlaceholderKind = z.enum(["EMAIL", "PHONE", "IBAN", "SSN", "IP", "PERSON", "ADDRESS"]);
export type PlaceholderKind = z.infer<typeof PlaceholderKind>;

/** Kinds that are kept nowhere: [CARD], [SECRET]. */
export const DroppedKind = z.enum(["CARD", "SECRET"]);
export type DroppedKind = z.infer<typeof DroppedKind>;

/** Where a sealed value stands. Moved anywhere else, it does not open. */
export type Place = { readonly table: string; readonly row: string; readonly column: string };

declare const opaque: unique symbol;

/** A person's key, unwrapped for a moment. Holds no readable secret; only this room can use it. */
export type SubjectKey = {
  readonly ownerId: string;
  readonly epoch: number;
  readonly [opaque]: true;
};

/** What is looked up by a keyed index instead of by its value. */
export type IndexKind = "email" | "phone" | "name" | "order" | "oidc";

/** A living person whose key was missing when it was needed. Times are ISO. */
export type KeyAlarm = {
  pseudonym: string;
  /** key_absent, kek_absent or does_not_open. */
  code: string;
  /** customer, staff or export. */
  whose: string;
  /** How often it was raised: once an hour and process at most. */
  count: number;
  firstAt: string;
  lastAt: string;
};

/** What the database remembers of the last backup that was made of it. */
export type LastBackup = { at: string; rows: number; bytes: number };

/** What is removed with a conversation. */
export type ConversationParts = {
  messages: number;
  /** Those that the agent may still read, results of its look-ups among them. */
  remembered: number;
  /** Versions of the summaries that staff read. */
  summaries: number;
  /** Facts about the customer that were learned from this conversation. */
  facts: number;
  ratings: number;
  handOffs: number;
  proposals: number;
  /** Finished exports of the customer, in which it may stand. */
  exports: number;
};

export {
  AuditAction,
  AuditEntry,
  type AuditFault,
  type AuditVerdict,
  auditFaults,
} from "./schema-audit";
export type { Controller, DataMapEntry } from "./schema-map";
export type { ProcessingActivity, ProcessingRecord } from "./schema-record";
export {
  type DataRequestView,
  type ErasurePreview,
  ErasureStep,
  type PersonFound,
  Receipt,
  RequestKind,
  RequestReason,
  RequestState,
  requestReasons,
} from "./schema-request";
export {
  CODE_MINUTES,
  ExtensionReason,
  extensionReasons,
  isOpenState,
  RefusalReason,
  refusalReasons,
  Statement,
  StatementField,
  withdrawableStates,
} from "./schema-request-flow";
export { requestSaidIn } from "./schema-request-said";
export {
  HoldReason,
  type HoldView,
  ReleaseReason,
  type RetentionDay,
  type RetentionDue,
  type RetentionState,
} from "./schema-retention";
