import { z } from "zod";
import { db, openSession, type Session, withSession } from "@/lib/storage";
import type { LastBackup } from "./schema";
import type { TableShape } from "./schema-backup";
import { inOrder, type Reference } from "./table-order";

/**
 * What a backup leaves out: keys (they have a snapshot of their own), search words (made anew), exports (their files
 * are not backed up either), what an erasure under way still looks for, what is only true while processes run, and the migrations' own notes. The queue is a schema
 * of its own and is left out too.
 */
const LEFT_OUT = [
  "ErasurePlan",
  "ExportFile",
  "KeyAlarm",
  "Presence",
  "Process",
  "Search",
  "WrappedKey",
  "_prisma_migrations",
];

/** Every table that a backup holds, in an order in which each stands behind those that it refers to. */
export async function findTables(session: Session): Promise<TableShape[]> {
  const tables = await session.query<TableShape>(
    `SELECT c.relname AS name, array_agg(a.attname::text ORDER BY a.attnum) AS columns
     FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
       AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' AND c.relname <> ALL ($1::text[])
     GROUP BY c.relname`,
    [LEFT_OUT],
  );
  const references = await session.query<Reference>(
    `SELECT f.relname AS "from", t.relname AS "to"
     FROM pg_constraint k JOIN pg_class f ON f.oid = k.conrelid JOIN pg_class t ON t.oid = k.confrelid
     WHERE k.contype = 'f' AND f.relnamespace = 'public'::regnamespace`,
  );
  return inOrder(tables, references);
}

async function findMigrations(session: Session): Promise<string[]> {
  const rows = await session.query<{ name: string }>(
    `SELECT migration_name AS name FROM _prisma_migrations
     WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL ORDER BY 1`,
  );
  return rows.map(({ name }) => name);
}

/** The migrations that have led to this database. */
export async function listMigrations(): Promise<string[]> {
  return await withSession(findMigrations);
}

const LAST_BACKUP = "last_backup";
const Last = z.object({ at: z.iso.datetime(), rows: z.number(), bytes: z.number() });

export async function noteBackup(value: LastBackup): Promise<void> {
  const name = LAST_BACKUP;
  await db().keyMark.upsert({ where: { name }, create: { name, value }, update: { value } });
}

/** The last backup that was made of this database; null where there is none. */
export async function findLastBackup(): Promise<LastBackup | null> {
  const row = await db().keyMark.findUnique({ where: { name: LAST_BACKUP } });
  return row ? Last.parse(row.value) : null;
}

export type BackupView = {
  tables: TableShape[];
  migrations: string[];
  read: (table: TableShape) => AsyncIterable<Uint8Array>;
  close: () => Promise<void>;
};

/** One view of the whole database, whatever is written meanwhile, and the text of each of its tables. */
export async function openView(): Promise<BackupView> {
  const { session, close } = await openSession();
  try {
    // The text of a value must not depend on how this server or role is set up.
    await session.query(
      "SET TIME ZONE 'UTC'; SET datestyle TO 'ISO, YMD'; SET bytea_output TO 'hex'; SET extra_float_digits TO 1",
    );
    await session.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    return {
      tables: await findTables(session),
      migrations: await findMigrations(session),
      read: (table) => session.copyOut(`COPY ${listed(table)} TO STDOUT`),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** A table with its columns, as COPY wants them. Names come from the catalogue or were checked against it. */
export function listed({ name, columns }: TableShape): string {
  return `${quoted(name)} (${columns.map(quoted).join(", ")})`;
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
