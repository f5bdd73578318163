import { z } from "zod";
import { RequestReason } from "./schema-request";

/** What one erasure leaves in the ledger: enough to do it again after a restore, and nobody's name or id. */
export const LedgerFact = z.object({
  line: z.number().int().positive(),
  at: z.iso.datetime(),
  /** HMAC of the customer's id: whoever has a restored database and the secrets finds the person in it again. */
  person: z.string().regex(/^[0-9a-f]{64}$/),
  request: z.uuid(),
  reason: RequestReason,
  by: z.enum(["customer", "staff"]),
  receivedAt: z.iso.datetime(),
  /** Hash of the line before. */
  prev: z.string(),
});
export type LedgerFact = z.infer<typeof LedgerFact>;

export const LedgerLine = LedgerFact.extend({ keyId: z.string(), signature: z.string() });
export type LedgerLine = z.infer<typeof LedgerLine>;

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
