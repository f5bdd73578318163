import { exportedName, isColleague, isInternal, isWords, SELF, TEAM } from "./export-columns";
import { vaultPlace } from "./redact";
import { restorerFor } from "./restore";
import type { SubjectKey } from "./schema";
import { open, openBytes } from "./seal";
import { SealError } from "./seal-error";
import { type Owned, type RawRow, walkRows } from "./store-rows";

/**
 * The customer's rows of a table, sealed columns opened and values put back, under names as in our own shapes. Colleagues
 * are none of the customer's data: of them it says no more than that they are of the team.
 */
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
  const texts = opened.flatMap((row) => row.sealed.map(({ text }) => text));
  const restore = await restorerFor(key, texts);
  return opened.map(({ plain, sealed }) => {
    // Read first and put back then: a value with a quotation mark in it would break the JSON around it.
    const values = sealed.map(({ name, text }) => [
      name,
      mapTexts(isWords(table, name) ? text : asData(table, name, text), restore),
    ]);
    return { ...plain, ...Object.fromEntries(values) };
  });
}

/** The sealed texts of a row, in the placeholder form. */
export function sealedTexts(table: string, row: RawRow, key: SubjectKey): string[] {
  return openRow(table, row, key).sealed.map(({ text }) => text);
}

type Opened = { plain: Record<string, unknown>; sealed: { name: string; text: string }[] };

function openRow(table: string, row: RawRow, key: SubjectKey): Opened {
  const opened: Opened = { plain: {}, sealed: [] };
  for (const [column, value] of Object.entries(row)) {
    if (isInternal(column)) {
      continue;
    }
    const name = exportedName(column);
    if (value instanceof Uint8Array) {
      opened.sealed.push({ name, text: openColumn(table, row, column, value, key) });
    } else {
      opened.plain[name] = isColleague(column) ? whoever(value, key) : plainOf(value);
    }
  }
  return opened;
}

function whoever(id: unknown, key: SubjectKey): string | null {
  if (id === null) {
    return null;
  }
  return id === key.ownerId ? SELF : TEAM;
}

// JSON has no word for it; counts of ours are far below what a number holds exactly.
function plainOf(value: unknown): unknown {
  return typeof value === "bigint" ? Number(value) : value;
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

/** JSON as data, where writing it down again gives the same text; else the text. */
function asData(table: string, name: string, text: string): unknown {
  if (!/^[[{]/.test(text)) {
    return text;
  }
  try {
    const data: unknown = JSON.parse(text);
    return JSON.stringify(data) === text ? withoutColleague(`${table}.${name}`, data) : text;
  } catch {
    return text;
  }
}

/** Where a colleague's name stands in sealed data: the name under which they answered or wrote a summary. */
const COLLEAGUE_IN: Record<string, string> = {
  "Message.meta": "authorName",
  "CaseSummary.body": "author",
};

function withoutColleague(column: string, data: unknown): unknown {
  const named = COLLEAGUE_IN[column];
  const is = named && typeof data === "object" && data !== null && named in data;
  return is ? { ...data, [named]: TEAM } : data;
}

/** The same data with every text in it changed. */
export function mapTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === "string") {
    return change(value);
  }
  if (Array.isArray(value)) {
    return value.map((each) => mapTexts(each, change));
  }
  if (typeof value !== "object" || value === null || value instanceof Date) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, mapTexts(each, change)]),
  );
}
