import { namedRecipients, nameRecipient } from "./recipients";
import type { Controller, DataMapEntry } from "./schema-map";
import type { ProcessingRecord } from "./schema-record";

/** What this product does for the security of processing, whoever runs it. */
const MEASURES = [
  "Names, addresses and numbers that identify somebody are taken out of every text before it is stored, and kept apart.",
  "Everything personal is encrypted (AES-256-GCM) under a key of the person's own, wrapped by a key that can be rotated while the product runs.",
  "Erasing a person destroys their key, removes and searches every place below, and is proved by a signed receipt. A ledger outside the database holds after a restore.",
  "Backups are sealed and hold no keys of persons.",
  "Customers read their own data only; leads read placeholders until a hand-off or a reason that is written down; admins answer requests.",
  "Acts of staff and acts on personal data are in a hash-chained log with signed checkpoints outside the database.",
  "Logs, metrics, jobs and addresses of pages hold ids and codes, never words of a person.",
];

/**
 * The record of processing activities (Art. 30(1) GDPR), made from the data map that export and erasure go by, so that it
 * cannot say anything else than what is done.
 */
export function recordOfProcessing(
  dataMap: readonly DataMapEntry[],
  controller: Controller,
  now = new Date(),
): ProcessingRecord {
  const personal = dataMap.filter(({ whose }) => whose !== "nobody");
  const nobodys = dataMap.filter(({ whose }) => whose === "nobody");
  return {
    madeAt: now.toISOString(),
    controller,
    recipients: namedRecipients(),
    activities: personal.map((entry) => ({
      name: entry.name,
      kind: entry.kind,
      people: entry.whose === "staff" ? "staff" : "customers",
      data: entry.what,
      purpose: entry.purpose,
      basis: entry.basis,
      recipients: entry.recipients.map((recipient) => nameRecipient(recipient)),
      retention: entry.retention,
      places: [...entry.covers],
    })),
    withoutPersons: nobodys.map(({ name, what, covers }) => ({
      name,
      data: what,
      places: [...covers],
    })),
    measures: MEASURES,
  };
}

const COLUMNS = [
  "activity",
  "people",
  "data",
  "purpose",
  "basis",
  "recipients",
  "retention",
  "kind",
  "places",
];

/** The activities as CSV (RFC 4180), one a line, for a spreadsheet. */
export function recordAsCsv({ activities }: ProcessingRecord): string {
  const lines = activities.map((each) => [
    each.name,
    each.people,
    each.data,
    each.purpose,
    each.basis,
    each.recipients.join("; "),
    each.retention,
    each.kind,
    each.places.join("; "),
  ]);
  return [COLUMNS, ...lines].map((cells) => `${cells.map(cell).join(",")}\r\n`).join("");
}

// A cell that begins like a formula is none: spreadsheets would work it out.
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}
