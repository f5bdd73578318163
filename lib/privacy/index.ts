import "server-only";

/**
 * Keys and sealing, vault and redaction, audit, requests, export and erasure.
 *
 * Everything personal is redacted once before the first write and sealed under the person's own key, so that
 * destroying one key makes a person unreadable everywhere.
 */
export { appendAudit, audit, listAudit, verifyAudit } from "./audit";
export { type BackupDone, writeBackup } from "./backup";
export { detect, isNameByItself } from "./detect";
export { verifyLedger } from "./enter-ledger";
export { previewErasure, runErasure } from "./erase";
export { expireExports, openExport, runExport } from "./export";
export { openRedactedExport } from "./export-redacted";
export { listHolds, releaseHold, setHold } from "./hold";
export { type Imported, importExport } from "./import-export";
export { anonymizeUserId, blindIndex } from "./index-hash";
export { listKeyAlarms } from "./key-alarm";
export {
  createKey,
  destroyKey,
  forgetKey,
  keyOf,
  listMissingKeks,
  openedOr,
  readableKey,
} from "./keys";
export { describeKeysFolder } from "./keys-folder";
export { LedgerBroken } from "./ledger";
export { ledgerGate } from "./ledger-gate";
export { lexemes, wordStem } from "./lexeme";
export { checkBackup, loadBackup, requireKeys } from "./load-backup";
export { retentions } from "./map-entry";
export { BackupRefused, describeBackup } from "./read-backup";
export { ImportRefused } from "./read-zip";
export { findReceipt, verifyReceipt } from "./receipt";
export { recordAsCsv, recordOfProcessing } from "./record";
export { asRedacted, redact, redactAfter, redactAs, redactPii } from "./redact";
export {
  previewRemoval,
  type Removal,
  type Removed,
  removeConversation,
} from "./remove-conversation";
export { finishRestore, replayBeforeServing, replayLedger } from "./replay";
export {
  findRequest,
  listRequests,
  openRequest,
  startRequest,
  withdrawRequest,
} from "./request";
export { restore, restoreAll, restorer } from "./restore";
export { previewRetention, retentionCalendar, retentionDays, runRetention } from "./retention";
export {
  changeRetention,
  retentionState,
  settleRetention,
  withdrawRetentionChange,
} from "./retention-change";
export {
  type PrivacyRules,
  type RetentionCase,
  type RetentionRule,
  replacePrivacyRules,
  usualRetentionRule,
} from "./retention-rules";
export { RotationRefused, rotateKeys } from "./rotate";
export type { SubjectKey } from "./schema";
export { bodyMac, open, openJson, seal, sealJson } from "./seal";
export { SealError } from "./seal-error";
export { publicKeyPem } from "./signing";
export { findLastBackup } from "./store-backup";
export { startForgetting } from "./store-gone";
export { dataMapEntries } from "./store-map";
export { CONVERSATION_GONE } from "./store-remove";
export { emptyDatabase, findFilled, flushCopies, isServing } from "./store-restore";
export { countRemoved } from "./store-retention";
export { throwawayKey } from "./subject-key";
export { afterRemoval, CLEAR_AFTER_SECONDS } from "./sweep-vault";
export { countLeft, findReturned, openEverything } from "./verify-restored";
