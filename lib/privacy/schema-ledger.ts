import { z } from "zod";
import { RequestReason } from "./schema-request";

const Placed = z.object({
  line: z.number().int().positive(),
  at: z.iso.datetime(),
  /** Hash of the line before. */
  prev: z.string(),
});

/** What one erasure leaves in the ledger: enough to do it again after a restore, and nobody's name or id. */
const PersonErased = Placed.extend({
  /** HMAC of the customer's id: whoever has a restored database and the secrets finds the person in it again. */
  person: z.string().regex(/^[0-9a-f]{64}$/),
  request: z.uuid(),
  reason: RequestReason,
  by: z.enum(["customer", "staff"]),
  receivedAt: z.iso.datetime(),
});

/** Why a whole conversation was removed while its customer stayed: they deleted it, or its days were over. */
export const RemovalReason = z.enum(["customer_asked", "retention"]);
export type RemovalReason = z.infer<typeof RemovalReason>;

/** The same of one conversation that was removed while its customer stayed. */
const ConversationRemoved = Placed.extend({
  /** HMAC of the conversation's id. */
  conversation: z.string().regex(/^[0-9a-f]{64}$/),
  why: RemovalReason,
});

export type LedgerFact = z.infer<typeof PersonErased> | z.infer<typeof ConversationRemoved>;
/** A fact before it has its place in the ledger. */
export type NewFact = UnplacedOf<LedgerFact>;
type UnplacedOf<Fact> = Fact extends LedgerFact ? Omit<Fact, "line" | "prev"> : never;

const signed = { keyId: z.string(), signature: z.string() };
export const LedgerLine = z.union([
  PersonErased.extend(signed),
  ConversationRemoved.extend(signed),
]);
export type LedgerLine = z.infer<typeof LedgerLine>;
export type RemovalLine = Extract<LedgerLine, { conversation: string }>;
export type PersonLine = Extract<LedgerLine, { person: string }>;

/** How far a ledger goes: the number and the hash of its last line. */
export const LedgerEnd = z.object({ line: z.number().int().nonnegative(), hash: z.string() });
export type LedgerEnd = z.infer<typeof LedgerEnd>;

export type LedgerFault =
  | "line_unreadable"
  | "line_missing"
  | "link_broken"
  | "line_forged"
  | "end_cut_off"
  | "history_differs";

export type LedgerVerdict =
  | { ok: true; lines: number }
  | { ok: false; lines: number; fault: LedgerFault; line: number };
