import { anonymizeUserId } from "./index-hash";
import { bases, impersonal } from "./map-entry";
import type { DataMapEntry } from "./schema-map";
import { countAlarms, dropAlarm } from "./store-alarm";

const DUTY = "legal duty to show what was done (Art. 5(2) GDPR)";

/** Keys and what is kept of them outside of the database, and what backups hold. */
export const keyEntries: readonly DataMapEntry[] = [
  {
    name: "Key alarms",
    kind: "table",
    covers: ["KeyAlarm"],
    whose: "customer",
    what: "that the person's key was missing when it was needed, under a pseudonym",
    purpose: "operators put the key back",
    basis: bases.INTEREST,
    retention: "shown for a day; until the key opens again, or erasure",
    recipients: [],
    erase: (customerId) => dropAlarm(anonymizeUserId(customerId)),
    count: (customerId) => countAlarms(anonymizeUserId(customerId)),
  },
  impersonal({
    name: "Key marks",
    kind: "table",
    covers: ["KeyMark"],
    whose: "nobody",
    what: "how far the erasure ledger was replayed; which key-encryption keys are retired; when the last backup was made; how far people were indexed",
    purpose: "erasures and rotations hold after a restore",
    basis: "no personal data",
    retention: "kept",
  }),
  impersonal({
    name: "Keys and checkpoints",
    kind: "file",
    covers: [
      "keyring",
      "signing-key.pem",
      "backup-keyring.json",
      "DATA_DIR/audit/checkpoints.jsonl",
    ],
    whose: "nobody",
    what: "key-encryption keys, the signing key, the keys of backups, signed ends of the audit chain",
    purpose: "sealing and proof",
    basis: "no personal data",
    retention: "kept; a rotation destroys the key-encryption key before it",
  }),
  impersonal({
    name: "Keys of erasures under way",
    kind: "file",
    covers: ["erasures"],
    whose: "nobody",
    what: "one random key for each erasure whose second stage is still to come",
    purpose: "what is looked for is readable by that search only",
    basis: "no personal data",
    retention: "until the second part of the receipt is signed; overwritten and removed then",
  }),
  impersonal({
    name: "Key snapshot",
    kind: "file",
    covers: ["KEY_SNAPSHOT_DIR/keys.rck"],
    whose: "customer",
    what: "the newest copy of all wrapped keys, by their owners' ids; an erased person's is overwritten",
    purpose: "a restored backup opens for the living",
    basis: bases.INTEREST,
    retention: "replaced by the next one",
  }),
  impersonal({
    name: "Erasure ledger",
    kind: "file",
    covers: ["erasure-ledger.jsonl", "KEY_SNAPSHOT_DIR/erasure-ledger.jsonl"],
    whose: "customer",
    what: "a keyed hash of each erased person's id, the request's id, reason and times; a keyed hash of the id of each conversation that was deleted alone, with when and why",
    purpose: "a restored copy of the database forgets again whom it had forgotten",
    basis: DUTY,
    retention: "kept for as long as any older copy of the database could be put back",
  }),
  impersonal({
    name: "Backups",
    kind: "file",
    covers: ["BACKUP_DIR"],
    whose: "customer",
    what: "sealed copies of the database without keys; of an erased person they hold what no key opens any more",
    purpose: "recovery",
    basis: bases.INTEREST,
    retention:
      "as many as npm run backup -- --keep N keeps, or as the operator keeps them elsewhere",
  }),
];
