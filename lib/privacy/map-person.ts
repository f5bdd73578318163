import { collectRows } from "./collect";
import { bases, impersonal, ownTable, retentions } from "./map-entry";
import type { DataMapEntry } from "./schema-map";
import { countRequests, ownedBy, releaseRequests } from "./store-rows";

const { CONTRACT, CONSENT } = bases;
const { WHILE_KNOWN, WHILE_NEEDED } = retentions;
const DUTY = "legal duty to show what was done (Art. 5(2) GDPR)";

/** The person: key, vault, consent, requests; the customer's own row is the last to go. */
export const personEntries: readonly DataMapEntry[] = [
  {
    name: "DataRequest",
    kind: "table",
    covers: ["DataRequest"],
    whose: "customer",
    what: "requests for data or erasure: kind, times, state",
    purpose: "answering requests in time",
    basis: DUTY,
    retention: "kept; the person's id is removed by erasure and the pseudonym stays",
    recipients: [],
    collect: (customerId, key) => collectRows(ownedBy("DataRequest"), customerId, key),
    erase: (customerId, tx) => releaseRequests(customerId, tx),
    count: countRequests,
  },
  ownTable("Consent", {
    what: "what was agreed to, and when",
    purpose: "showing consent",
    basis: CONSENT,
    retention: WHILE_KNOWN,
  }),
  ownTable("LegalHold", {
    what: "that conversations must not be removed yet, why, and by whom that was set",
    purpose: "keeping what a claim or an authority needs",
    basis: "legal claims (Art. 17(3)(e) GDPR)",
    retention: "until erasure; one of a single conversation goes with it",
  }),
  ownTable("Vault", {
    what: "the values behind placeholders: names, addresses, e-mail, phone, account and national numbers, IP",
    purpose: "showing customers their own words",
    basis: CONTRACT,
    retention: WHILE_NEEDED,
  }),
  ownTable(
    "WrappedKey",
    {
      what: "the person's key, wrapped",
      purpose: "sealing",
      basis: CONTRACT,
      retention: WHILE_KNOWN,
    },
    { owned: ownedBy("WrappedKey", "owner_id", "owner_id"), exported: false },
  ),
  ownTable(
    "Customer",
    {
      what: "name, e-mail, tier, settings",
      purpose: "knowing whom we speak with",
      basis: CONTRACT,
      retention: WHILE_KNOWN,
    },
    { owned: ownedBy("Customer", "id") },
  ),
];

/** What holds no customer, or only a pseudonym. */
export const impersonalEntries: readonly DataMapEntry[] = [
  impersonal({
    name: "Audit",
    kind: "table",
    covers: ["AuditOutbox", "AuditEntry"],
    whose: "staff",
    what: "who did what and when; customers by pseudonym only",
    purpose: "accountability",
    basis: DUTY,
    retention: "kept",
  }),
  impersonal({
    name: "Receipt",
    kind: "table",
    covers: ["Receipt"],
    whose: "nobody",
    what: "signed proof of erasures: counts, times, pseudonym",
    purpose: "proof",
    basis: DUTY,
    retention: "kept",
  }),
  impersonal({
    name: "Staff",
    kind: "table",
    covers: ["User", "Invite", "Presence"],
    whose: "staff",
    what: "name, e-mail and role of staff; invitations as hashes; which consoles are open, for 45 seconds and without a history",
    purpose: "signing in; telling customers how many people are there",
    basis: "contract of employment",
    retention: "while employed",
  }),
  impersonal({
    name: "Knowledge",
    kind: "table",
    covers: ["Article", "ArticleVersion", "Passage"],
    whose: "nobody",
    what: "help articles",
    purpose: "answers with sources",
    basis: "no personal data",
    retention: "while of use",
  }),
  impersonal({
    name: "Figures and settings",
    kind: "table",
    covers: ["Tally", "Setting", "ConsentVersion"],
    whose: "nobody",
    what: "counts by day, keyed to no person; settings; the words that customers were asked to agree to",
    purpose: "dashboards; showing what was agreed to",
    basis: "no personal data",
    retention: "kept",
  }),
  impersonal({
    name: "Deleted conversations",
    kind: "table",
    covers: ["GoneConversation"],
    whose: "nobody",
    what: "the ids of conversations that were deleted whole, without whose they were",
    purpose: "nothing is written to a deleted conversation again",
    basis: "no personal data",
    retention: "kept",
  }),
  impersonal({
    name: "Operation",
    kind: "table",
    covers: ["Process", "Standing"],
    whose: "nobody",
    what: "which processes run, and since when each part of the installation stands as it does",
    purpose: "the status page",
    basis: "no personal data",
    retention: "a process is forgotten ten minutes after its last sign of life",
  }),
  impersonal({
    name: "Memory reports",
    kind: "file",
    covers: ["DATA_DIR/reports"],
    whose: "nobody",
    what: "counts and times of each process's memory operations",
    purpose: "operation",
    basis: "no personal data",
    retention: "a day after the process has ended",
  }),
  impersonal({
    name: "Memory migrations",
    kind: "file",
    covers: ["DATA_DIR/migrations"],
    whose: "customer",
    what: "hashes of the ids that a migration under way has moved",
    purpose: "going on with a migration that was stopped",
    basis: bases.INTEREST,
    retention: "until that migration has ended; not used after a day",
  }),
  impersonal({
    name: "Rate limits",
    kind: "redis",
    covers: ["rc:rate:"],
    whose: "customer",
    what: "counts of recent calls under keyed hashes of ids and addresses",
    purpose: "protection from abuse",
    basis: bases.INTEREST,
    retention: "one window, minutes at most",
  }),
  impersonal({
    name: "Logs",
    kind: "log",
    covers: ["stdout"],
    whose: "customer",
    what: "events with ids, codes and durations; never words of a person",
    purpose: "operation",
    basis: bases.INTEREST,
    retention: "as the operator's log system keeps it",
  }),
];
