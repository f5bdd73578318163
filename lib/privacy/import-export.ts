import { z } from "zod";
import type { Tx } from "@/lib/storage/schema";
import { audit } from "./audit";
import { shapeOf } from "./export-schema";
import { childrenOf, type Importing, rowOf } from "./import-rows";
import { blindIndex } from "./index-hash";
import { createKey } from "./keys";
import { type KnownValue, replacerOf } from "./known-values";
import { personOf, walkLedger } from "./ledger";
import { ledgerLines } from "./ledger-file";
import { checkExport, type ExportedRecord, type Manifest, readRecords } from "./read-export";
import { ImportRefused, openZip, type Zip } from "./read-zip";
import { PlaceholderKind } from "./schema";
import { listColumns } from "./store-columns";
import { importInOne, insertRows, isKnownHere, settleImported } from "./store-import";

/** What an import did: whose data of when, and how many records of each kind. */
export type Imported = {
  customerId: string;
  exportedAt: string;
  email: string | null;
  records: { name: string; count: number }[];
  /** Kinds that belong to the installation that wrote them, and are left there. */
  left: string[];
};

/** Requests, sessions and the log are the other installation's own: it answers for them, and ours must not. */
const LEFT_THERE = ["DataRequest", "Sessions", "AuditLog"];

const RECORDS = /^records\/(\w+)\.json$/;
const Person = z.looseObject({ id: z.uuid(), email: z.string().nullable() });
const Value = z.object({ kind: PlaceholderKind, n: z.int(), value: z.string() });

/**
 * Puts a person's export into this installation, all of it or nothing: a new key, the same ids, texts redacted and sealed
 * as if they came in now. Every file is compared with the manifest first, and every record with its schema. Refuses what
 * was changed, a person who is here already, and one whom this installation has erased.
 */
export async function importExport(path: string): Promise<Imported> {
  const zip = await openZip(path);
  try {
    const manifest = await checkExport(zip);
    const person = await readPerson(zip);
    await requireNew(person);
    const counted = await importInOne((tx) => importAll(zip, manifest, person.id, tx));
    const { exportDate: exportedAt } = manifest;
    return { customerId: person.id, email: person.email, exportedAt, ...counted };
  } finally {
    await zip.close();
  }
}

async function readPerson(zip: Zip): Promise<z.infer<typeof Person>> {
  for await (const [first] of readRecords(zip, "records/Customer.json")) {
    return Person.parse(first);
  }
  throw new ImportRefused("The export holds no customer.");
}

async function requireNew({ id, email }: z.infer<typeof Person>): Promise<void> {
  if (await isKnownHere(id, email === null ? null : blindIndex("email", email))) {
    throw new ImportRefused(
      "This person, or an account with their e-mail, is here already. An export is imported where nothing of them is.",
    );
  }
  const person = personOf(id);
  for await (const line of walkLedger(ledgerLines())) {
    if ("person" in line && line.person === person) {
      throw new ImportRefused(
        "This installation has erased this person. Its ledger would remove them again; they can register anew.",
      );
    }
  }
}

async function importAll(zip: Zip, { files }: Manifest, customerId: string, tx: Tx) {
  const key = await createKey(customerId, tx);
  const importing: Importing = { key, tx, hide: replacerOf(await readValues(zip)) };
  const names = files.flatMap(({ name }) => RECORDS.exec(name)?.[1] ?? []);
  const records: Imported["records"] = [];
  const left: string[] = [];
  // An export names children before what they hang on; rows go in the other way round.
  for (const name of names.reverse()) {
    const isOurs = !LEFT_THERE.includes(name) && (await listColumns(name)).length > 0;
    if (isOurs) {
      records.push({ name, count: await importTable(zip, name, importing) });
    } else {
      left.push(name);
    }
  }
  await settleImported(customerId, tx);
  const count = records.reduce((sum, each) => sum + each.count, 0);
  await audit(tx, { actor: "system", customerId, action: "export_imported", metadata: { count } });
  return { records, left };
}

async function readValues(zip: Zip): Promise<KnownValue[]> {
  const values: KnownValue[] = [];
  for await (const page of readRecords(zip, "records/Vault.json")) {
    values.push(...page.map((record) => Value.parse(record)));
  }
  return values;
}

async function importTable(zip: Zip, table: string, importing: Importing): Promise<number> {
  const columns = await listColumns(table);
  const shape = await shapeOf(table);
  let count = 0;
  for await (const page of readRecords(zip, `records/${table}.json`)) {
    for (const record of page) {
      if (!shape?.safeParse(record).success) {
        // What zod says of it could quote the person.
        throw new ImportRefused(
          `A record of ${table} does not have the shape that this version knows. Import it into the version that made it.`,
        );
      }
    }
    await insertPage(
      table,
      page,
      async (record) => rowOf(table, columns, record, importing),
      importing.tx,
    );
    count += page.length;
  }
  return count;
}

async function insertPage(
  table: string,
  page: readonly ExportedRecord[],
  toRow: (record: ExportedRecord) => Promise<Record<string, unknown>>,
  tx: Tx,
): Promise<void> {
  const rows = [];
  for (const record of page) {
    rows.push(await toRow(record));
  }
  await insertRows(table, rows, tx);
  for (const child of page.flatMap((record) => childrenOf(table, record))) {
    await insertRows(child.table, [child.row], tx);
  }
}
