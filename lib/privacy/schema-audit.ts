import { z } from "zod";

const Id = z.uuid();
/** A word of ours, never of a person. */
const Code = z.string().regex(/^[a-z0-9][a-z0-9_.-]{0,63}$/);
const Count = z.number().int().nonnegative();

/** All that an audit entry may say beside who, whose and when: ids, codes, counts. Free text has no place in it. */
const words = {
  userId: Id,
  conversationId: Id,
  messageId: Id,
  requestId: Id,
  articleId: Id,
  connectorId: Id,
  inviteId: Id,
  receiptId: Id,
  summaryId: Id,
  role: z.enum(["lead", "admin"]),
  previousRole: z.enum(["lead", "admin"]),
  tier: Code,
  method: z.enum(["password", "oidc", "invite", "setup", "guest", "command"]),
  reason: Code,
  kind: Code,
  state: Code,
  previous: Code,
  setting: Code,
  count: Count,
  version: Count,
  previousVersion: Count,
  on: z.boolean(),
};
const optional = z.strictObject(words).partial();

/** What was done, and what its entry may say. */
export const auditMetadata = {
  sign_in: optional.pick({ method: true }),
  sign_in_failed: optional.pick({ method: true, reason: true }),
  sign_out_everywhere: optional.pick({ userId: true, reason: true }),
  customer_registered: optional.pick({ method: true }),
  identity_attached: optional.pick({ method: true }),
  password_changed: optional.pick({ userId: true, method: true }),
  user_invited: optional.pick({ role: true, inviteId: true, method: true }),
  invite_withdrawn: optional.pick({ inviteId: true }),
  user_joined: optional.pick({ userId: true, role: true, inviteId: true, method: true }),
  user_role_changed: optional.pick({ userId: true, role: true, previousRole: true }),
  user_deactivated: optional.pick({ userId: true, count: true }),
  user_reactivated: optional.pick({ userId: true }),
  tier_changed: optional.pick({ tier: true, previous: true }),
  consent_given: optional.pick({ version: true }),
  consent_words_changed: optional.pick({ version: true, previous: true, on: true }),
  memory_setting_changed: optional.pick({ on: true, setting: true }),
  memory_strategy_changed: optional.pick({ conversationId: true, previous: true, state: true }),
  request_opened: optional.pick({ requestId: true, kind: true, reason: true }),
  request_withdrawn: optional.pick({ requestId: true, kind: true }),
  request_confirmed: optional.pick({ requestId: true, kind: true, reason: true }),
  request_confirmation_failed: optional.pick({ requestId: true, kind: true, count: true }),
  request_identity_asked: optional.pick({ requestId: true, kind: true }),
  request_approved: optional.pick({ requestId: true, kind: true, reason: true }),
  request_started: optional.pick({ requestId: true, kind: true, state: true }),
  request_stopped: optional.pick({ requestId: true, kind: true }),
  request_refused: optional.pick({ requestId: true, kind: true, reason: true }),
  request_extended: optional.pick({ requestId: true, kind: true, reason: true }),
  request_duplicate: optional.pick({ requestId: true, kind: true }),
  request_joined: optional.pick({ requestId: true, kind: true }),
  request_match_decided: optional.pick({ requestId: true, on: true }),
  request_note_added: optional.pick({ requestId: true, kind: true }),
  request_carried_out: optional.pick({ requestId: true, kind: true, reason: true }),
  request_link_made: optional.pick({ requestId: true, kind: true }),
  request_link_used: optional.pick({ requestId: true, kind: true }),
  request_letter_made: optional.pick({ requestId: true, kind: true }),
  restriction_lifted: optional.pick({ requestId: true }),
  request_failed: optional.pick({ requestId: true, kind: true, reason: true }),
  export_made: optional.pick({ requestId: true, count: true }),
  export_redacted_downloaded: optional.pick({ requestId: true }),
  export_imported: optional.pick({ count: true }),
  export_downloaded: optional.pick({ requestId: true }),
  user_data_deleted: optional.pick({ requestId: true, receiptId: true, reason: true, count: true }),
  erasure_searched: optional.pick({ requestId: true, receiptId: true, count: true }),
  reply_link_used: optional.pick({ conversationId: true }),
  conversation_taken_over: optional.pick({ conversationId: true, reason: true }),
  conversation_handed_back: optional.pick({ conversationId: true }),
  conversation_assigned: optional.pick({ conversationId: true, userId: true }),
  conversation_solved: optional.pick({ conversationId: true }),
  conversation_reopened: optional.pick({ conversationId: true }),
  conversation_deleted: optional.pick({ conversationId: true, reason: true }),
  agent_memory_cleared: optional.pick({ conversationId: true, count: true }),
  values_revealed: optional.pick({ conversationId: true, reason: true, count: true }),
  article_saved: optional.pick({ articleId: true, version: true, previousVersion: true }),
  article_published: optional.pick({ articleId: true, version: true, previousVersion: true }),
  article_archived: optional.pick({ articleId: true, version: true, previousVersion: true }),
  question_settled: optional.pick({ conversationId: true, articleId: true }),
  summary_edited: optional.pick({ conversationId: true, summaryId: true, version: true }),
  summary_approved: optional.pick({ conversationId: true, summaryId: true, version: true }),
  settings_changed: optional.pick({
    setting: true,
    version: true,
    previous: true,
    state: true,
    reason: true,
  }),
  audit_exported: optional.pick({ kind: true }),
  ledger_accepted: optional.pick({ count: true, previous: true }),
  retention_change_planned: optional.pick({ kind: true, tier: true, previous: true, state: true }),
  retention_change_withdrawn: optional.pick({
    kind: true,
    tier: true,
    previous: true,
    state: true,
  }),
  retention_changed: optional.pick({ kind: true, tier: true, previous: true, state: true }),
  retention_removed: optional.pick({ kind: true, count: true }),
  hold_set: optional.pick({ conversationId: true, reason: true }),
  hold_released: optional.pick({ conversationId: true, reason: true }),
  connector_added: optional.pick({ connectorId: true, kind: true }),
  connector_tested: optional.pick({ connectorId: true, state: true, count: true }),
  connector_changed: optional.pick({ connectorId: true, count: true }),
  connector_removed: optional.pick({ connectorId: true }),
  keys_rotated: optional.pick({ count: true }),
  backup_restored: optional.pick({ count: true, state: true }),
  jobs_retried: optional.pick({ kind: true, count: true }),
} as const;

export type AuditAction = keyof typeof auditMetadata;
export const AuditAction = z.enum(Object.keys(auditMetadata) as [AuditAction, ...AuditAction[]]);

/** What is written down about an act. `actor` is a staff id, "customer", "system", or "unknown" for a failed sign-in. */
export type AuditAct = {
  [Action in AuditAction]: {
    actor: string;
    customerId?: string;
    action: Action;
    metadata?: z.input<(typeof auditMetadata)[Action]>;
  };
}[AuditAction];

/** An entry as it is chained and shown: `hash` = SHA-256 of `prevHash` and the canonical entry. */
export const AuditEntry = z.object({
  seq: z.number().int().positive(),
  timestamp: z.iso.datetime(),
  actor: z.string(),
  anonymizedUser: z.string().nullable(),
  action: z.string(),
  metadata: z.record(z.string(), z.unknown()),
  prevHash: z.string(),
  hash: z.string(),
});
export type AuditEntry = z.infer<typeof AuditEntry>;

/** A page of the log, newest first; `next` is the `before` of the following page. */
export type AuditPage = { entries: AuditEntry[]; next: number | null };

/** The chain's end at one time, signed and kept outside the database. */
export const Checkpoint = z.object({
  seq: z.number().int().positive(),
  hash: z.string(),
  at: z.iso.datetime(),
  keyId: z.string(),
  signature: z.string(),
});
export type Checkpoint = z.infer<typeof Checkpoint>;

export type AuditFault =
  | "entry_changed"
  | "entry_missing"
  | "link_broken"
  | "end_cut_off"
  | "checkpoint_differs"
  | "checkpoint_forged"
  | "checkpoints_missing";

/** What a fault of the chain means, for whoever asked to have it verified. */
export const auditFaults: Record<AuditFault, string> = {
  entry_changed: "The content of an entry was changed.",
  entry_missing: "An entry is missing, was moved, or was put in between.",
  link_broken: "An entry does not follow from the one before it.",
  end_cut_off: "Entries were cut off the end.",
  checkpoint_differs:
    "The log differs from a signed checkpoint: it was written anew from some entry on.",
  checkpoint_forged: "A checkpoint’s signature is not ours.",
  checkpoints_missing: "There are entries and no signed checkpoint of them: their file is gone.",
};

export type AuditVerdict =
  | { ok: true; entries: number; checkpoints: number; hash: string | null }
  | { ok: false; entries: number; checkpoints: number; fault: AuditFault; seq: number };
