/** Columns that say nothing to a person: keyed hashes, and what only the machinery needs. */
const INTERNAL = new Set([
  "password_hash",
  "email_index",
  "number_index",
  "subject_index",
  "fact_index",
  "body_mac",
  "mac",
  "token_hash",
  "subject_mac",
  "lexemes",
  "runner_id",
  "code_issued_at",
  "code_tries",
  "code_mac",
  "value_index",
  "lease_until",
  "session_epoch",
  "key_epoch",
  "progress",
  "file",
]);

/** Sealed columns that hold words as they were said; all others hold JSON where it reads back the same. */
const WORDS = new Set([
  "Customer.name",
  "Customer.email",
  "Conversation.title",
  "Message.body",
  "Turn.checkpoint",
  "Memory.summary",
  "Vault.value",
  "ReplyAddress.email",
  "ShopOrder.recipient",
  "ShopOrder.address",
  "Proposal.result",
]);

export const TEAM = "support team";
export const SELF = "you";

export function isInternal(column: string): boolean {
  return INTERNAL.has(column);
}

/** A column that names a colleague: a customer reads that it was one of the team, and not who. */
export function isColleague(column: string): boolean {
  return /(^|_)(by|author|assignee|staff|user)_id$/.test(column) && column !== "superseded_by_id";
}

/** A column's name in an export: as in our own shapes. */
export function exportedName(column: string): string {
  const bare = isColleague(column) ? column.replace(/_id$/, "") : column.replace(/_sealed$/, "");
  return bare.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** Whether a sealed value is words, which are never read as anything else. */
export function isWords(table: string, name: string): boolean {
  return WORDS.has(`${table}.${name}`);
}
