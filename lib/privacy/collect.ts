import { asRedacted, vaultPlace } from "./redact";
import { restoreAll } from "./restore";
import type { SubjectKey } from "./schema";
import { open, openBytes } from "./seal";
import { SealError } from "./seal-error";
import { type Owned, type RawRow, walkRows } from "./store-rows";

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
  "lease_until",
  "session_epoch",
  "key_epoch",
  "progress",
  "file",
]);

/** The customer's rows of a table, sealed columns opened and values put back, under names as in our own shapes. */
export async function* collectRows(
  owned: Owned,
  customerId: string,
  key: SubjectKey,
): AsyncGenerator<Record<string, unknown>> {
  for await (const rows of walkRows(owned, customerId)) {
    yield* await openRows(owned.table, rows, key);
  }
}

/** Opens a page of rows with one look into the vault. */
export async function openRows(
  table: string,
  rows: readonly RawRow[],
  key: SubjectKey,
): Promise<Record<string, unknown>[]> {
  const opened = rows.map((row) => openRow(table, row, key));
  const texts = opened.flatMap((row) => row.sealed.map(({ text }) => asRedacted(text)));
  const restored = await restoreAll(key, texts);
  let next = 0;
  return opened.map(({ plain, sealed }) => {
    const values = sealed.map(({ name }) => {
      next += 1;
      return [name, asData(restored[next - 1] ?? "")];
    });
    return { ...plain, ...Object.fromEntries(values) };
  });
}

type Opened = { plain: Record<string, unknown>; sealed: { name: string; text: string }[] };

function openRow(table: string, row: RawRow, key: SubjectKey): Opened {
  const opened: Opened = { plain: {}, sealed: [] };
  for (const [column, value] of Object.entries(row)) {
    if (INTERNAL.has(column)) {
      continue;
    }
    const name = camel(column.replace(/_sealed$/, ""));
    if (value instanceof Uint8Array) {
      opened.sealed.push({ name, text: openColumn(table, row, column, value, key) });
    } else {
      // JSON has no word for it; counts of ours are far below what a number holds exactly.
      opened.plain[name] = typeof value === "bigint" ? Number(value) : value;
    }
  }
  return opened;
}

// Rooms name a place's column as the database does, as Prisma does, or without the ending; all three are tried.
function openColumn(
  table: string,
  row: RawRow,
  column: string,
  sealed: Uint8Array,
  key: SubjectKey,
): string {
  const id = String(row["id"] ?? row["conversation_id"] ?? row["customer_id"]);
  if (table === "Vault") {
    return openBytes(key, "vault", vaultPlace(id), sealed).toString("utf8");
  }
  const bare = column.replace(/_sealed$/, "");
  for (const name of [column, camel(column), bare, camel(bare)]) {
    try {
      return open(key, { table, row: id, column: name }, sealed);
    } catch (error) {
      if (!(error instanceof SealError)) {
        throw error;
      }
    }
  }
  throw new SealError(`${table}.${column} does not open`);
}

function camel(column: string): string {
  return column.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function asData(text: string): unknown {
  if (!/^[[{]/.test(text)) {
    return text;
  }
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
