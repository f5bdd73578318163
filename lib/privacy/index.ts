import "server-only";

/**
 * Keys and sealing, vault and redaction, audit, requests, export and erasure.
 *
 * Everything personal is redacted once before the first write and sealed under the person's own key, so that
 * destroying one key makes a person unreadable everywhere.
 */
export { acceptLedgerLoss, describeLedgerLoss, LedgerNotLost } from "./accept-ledger";
export { type AnswerLetter, findLetter, writeLetter } from "./answer-letter";
export { appendAudit, audit, listAudit, verifyAudit } from "./audit";
export { exportAudit } from "./audit-file";
export { type BackupDone, writeBackup } from "./backup";
export { checkReceipt } from "./check-receipt";
export { detect, isNameByItself } from "./detect";
export { verifyLedger } from "./enter-ledger";
export { hasSecondStage, previewErasure, runErasure } from "./erase";
export { explainReceipt } from "./explain-receipt";
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
export {
  findPeople,
  findPersonById,
  indexEarlierPeople,
  indexPerson,
  listAlike,
} from "./person-index";
export { BackupRefused, describeBackup } from "./read-backup";
export { ImportRefused } from "./read-zip";
export { findReceipt, verifyReceipt } from "./receipt";
export { recordAsCsv, recordOfProcessing } from "./record";
export { asRedacted, redact, redactAfter, redactAs, redactPii } from "./redact";
export {
  isOnHold,
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
  recordNothingHeld,
  startRequest,
  withdrawRequest,
} from "./request";
export { correctAsAsked, liftRestriction } from "./request-carry-out";
export {
  askIdentity,
  confirmForPerson,
  confirmRequest,
  findRequestCode,
  renewRequestCode,
} from "./request-confirm";
export {
  approveRequest,
  extendRequest,
  findApproval,
  refuseRequest,
  secondsUntilRun,
  stopWaiting,
} from "./request-decide";
export { type AnswerLink, isAnswerOpen, makeAnswerLink, openAnswer } from "./request-link";
export { decideMatch } from "./request-match";
export { addRequestNote, listRequestNotes } from "./request-note";
export { findStatement } from "./request-statement";
export { restore, restoreAll, restorer } from "./restore";
export { previewRetention, retentionCalendar, runRetention } from "./retention";
export {
  changeRetention,
  retentionState,
  settleRetention,
  withdrawRetentionChange,
} from "./retention-change";
export { retentionDays } from "./retention-days";
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
export { listUnswept, sweepErasure } from "./sweep";
export { afterRemoval, CLEAR_AFTER_SECONDS } from "./sweep-vault";
export { countLeft, findReturned, openEverything } from "./verify-restored";
