import "server-only";

/**
 * Keys and sealing, vault and redaction, audit, requests, export and erasure.
 *
 * Everything personal is redacted once before the first write and sealed under the person's own key, so that
 * destroying one key makes a person unreadable everywhere.
 */
export { appendAudit, audit, listAudit, verifyAudit } from "./audit";
export { previewErasure, runErasure } from "./erase";
export { expireExports, openExport, runExport } from "./export";
export { anonymizeUserId, blindIndex } from "./index-hash";
export { createKey, destroyKey, forgetKey, keyOf, listMissingKeks } from "./keys";
export { lexemes } from "./lexeme";
export { findReceipt, verifyReceipt } from "./receipt";
export { asRedacted, redact, redactPii } from "./redact";
export {
  findRequest,
  listRequests,
  openRequest,
  startRequest,
  withdrawRequest,
} from "./request";
export { restore, restoreAll, restorer } from "./restore";
export type { SubjectKey } from "./schema";
export { bodyMac, open, openJson, seal, sealJson } from "./seal";
export { SealError } from "./seal-error";
export { publicKeyPem } from "./signing";
export { startForgetting } from "./store-gone";
export { dataMapEntries } from "./store-map";
