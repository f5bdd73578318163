import { z } from "zod";
import { SecondPart } from "./schema-receipt";
import type { ExtensionReason, RefusalReason } from "./schema-request-flow";

const Id = z.uuid();

/** Access and portability (Art. 15, 20), erasure (17), rectification (16), restriction (18), objection (21). */
export const RequestKind = z.enum([
  "export",
  "erasure",
  "rectification",
  "restriction",
  "objection",
]);
export type RequestKind = z.infer<typeof RequestKind>;

export const RequestState = z.enum([
  "identity_check",
  "received",
  "approved",
  "running",
  "waiting",
  "done",
  "failed",
  "refused",
  "duplicate",
  "withdrawn",
]);
export type RequestState = z.infer<typeof RequestState>;

/** Why a request was opened. A list, because free words about a person would outlive the person. */
export const RequestReason = z.enum([
  "asked_online",
  "asked_in_chat",
  "asked_by_mail",
  "asked_by_phone",
  "consent_withdrawn",
  "no_longer_needed",
  "retention_ended",
  "other",
]);
export type RequestReason = z.infer<typeof RequestReason>;

export const requestReasons: Record<RequestReason, string> = {
  asked_online: "Asked on the privacy page",
  asked_in_chat: "Asked in the chat",
  asked_by_mail: "Asked by mail",
  asked_by_phone: "Asked by phone",
  consent_withdrawn: "Consent withdrawn",
  no_longer_needed: "No longer needed",
  retention_ended: "Kept for as long as the rules say",
  other: "Another reason",
};

/** The steps of an erasure, in order. */
export const ErasureStep = z.enum([
  "reads_closed",
  "planned",
  "ledger_written",
  "turns_stopped",
  "key_destroyed",
  "snapshot_cleared",
  "stores_cleared",
  "scanned",
  "receipt_signed",
  "rewritten",
  "log_switched",
  "copies_rewritten",
  "searched",
  "second_signed",
]);
export type ErasureStep = z.infer<typeof ErasureStep>;

/** A request as its owner and the admins see it. Times are ISO. */
export type DataRequestView = {
  id: string;
  kind: RequestKind;
  state: RequestState;
  /** Null once the person was erased; the pseudonym stays. */
  customerId: string | null;
  pseudonym: string;
  openedBy: "customer" | "staff";
  reason: RequestReason;
  receivedAt: string;
  /** One calendar month after receipt, three once it was extended. */
  dueAt: string;
  /** When and why it was given two further months. */
  extended: { at: string; reason: ExtensionReason } | null;
  refusalReason: RefusalReason | null;
  /** The open request that this one says again. */
  duplicateOfId: string | null;
  /** The request of another record of the same person, beside which this one was opened. */
  joinedToId: string | null;
  /** How it became known that it is the person: null as long as it is not. */
  confirmedBy: "password" | "code" | "staff" | null;
  /** It waits until then, because only its opener could approve it. */
  runAfter: string | null;
  /** When a restriction was lifted, and by whom. */
  lifted: { at: string; by: "customer" | "staff" } | null;
  answer: "nothing_held" | null;
  startedAt: string | null;
  finishedAt: string | null;
  /** Steps that are done. */
  steps: string[];
  /** A code. */
  failure: string | null;
  /** Where a search found something of the person after everything was removed: names of tables and files. */
  foundIn: string[];
  download: { bytes: number; expiresAt: string } | null;
  receiptId: string | null;
};

/** Somebody whom a letter may be from, as an admin chooses: nothing that names them. Times are ISO. */
export type PersonFound = {
  customerId: string;
  pseudonym: string;
  kind: "guest" | "registered";
  createdAt: string;
  lastSeenAt: string;
  conversations: number;
  /** By what they were found. */
  matched: ("email" | "phone" | "name" | "order" | "id")[];
};

export type DataRequestPage = { requests: DataRequestView[]; next: string | null };

const Stay = z.object({
  store: z.string(),
  item: z.string(),
  basis: z.string(),
  until: z.string(),
});

/** What an erasure would remove, and what would stay and why. */
export type ErasurePreview = {
  customerId: string;
  pseudonym: string;
  stores: { name: string; kind: string; what: string; found: number }[];
  stays: z.infer<typeof Stay>[];
};

/** The signed content of a receipt: counts, times and the pseudonym; nothing personal. */
export const ReceiptBody = z.object({
  version: z.literal(1),
  receiptId: Id,
  requestId: Id,
  /** The person's pseudonym (anonymizeUserId). */
  user: z.string(),
  reason: RequestReason,
  receivedAt: z.iso.datetime(),
  readsClosedAt: z.iso.datetime(),
  keyDestroyedAt: z.iso.datetime(),
  scannedAt: z.iso.datetime(),
  /** The line of the erasure ledger, which lies outside the database: its number and hash. */
  ledger: z.object({ line: z.number().int(), hash: z.string() }).optional(),
  /** Found by the owner's id before, and left after, store by store. */
  stores: z.array(
    z.object({
      name: z.string(),
      kind: z.string(),
      found: z.number().int(),
      left: z.number().int(),
    }),
  ),
  stays: z.array(Stay),
  done: z.array(z.string()),
  notDone: z.array(z.string()),
});
export type ReceiptBody = z.infer<typeof ReceiptBody>;

/** `second` is signed by the second stage of the erasure, when it has searched what the first could not. */
export const Receipt = z.object({
  body: ReceiptBody,
  keyId: z.string(),
  signature: z.string(),
  second: SecondPart.optional(),
});
export type Receipt = z.infer<typeof Receipt>;

/** What an erasure answers. */
export type Erased = { status: "deleted"; user: string; receipt: Receipt };
