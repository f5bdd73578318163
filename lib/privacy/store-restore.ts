import { type Session, scanRedis, withRedis, withSession } from "@/lib/storage";
import type { SnapshotKey } from "./key-snapshot";
import type { TableShape } from "./schema-backup";
import { findTables, listed } from "./store-backup";
import { RESTORING } from "./store-ledger";

/** What the name of every key of ours begins with. */
const OURS = "rc";

/** Tables that a database has rows in before anybody used it. */
const OF_THE_START = ["KeyMark", "Standing", "Tally"];

/** Whether another process of the product is connected to this database. Asked before this process is. */
export async function isServing(): Promise<boolean> {
  return await withSession(async (session) => {
    const [row] = await session.query<{ serving: boolean }>(
      `SELECT EXISTS (SELECT 1 FROM pg_stat_activity
         WHERE datname = current_database() AND application_name = 'recollect') AS serving`,
    );
    return row?.serving === true;
  });
}

/** The tables that hold something already, of those that a restore would fill. */
export async function findFilled(): Promise<string[]> {
  return await withSession(async (session) => {
    const filled: string[] = [];
    for (const { name } of await findTables(session)) {
      const [row] = await session.query(`SELECT 1 FROM "${name}" LIMIT 1`);
      if (row && !OF_THE_START.includes(name)) {
        filled.push(name);
      }
    }
    return filled;
  });
}

/** Removes everything from the database, the queue too: the migrations begin anew. */
export async function emptyDatabase(): Promise<void> {
  await withSession(async (session) => {
    await session.query(
      "DROP SCHEMA IF EXISTS pgboss CASCADE; DROP SCHEMA public CASCADE; CREATE SCHEMA public",
    );
  });
}

export type Load = {
  tables: TableShape[];
  fill: (table: TableShape, source: AsyncIterable<Uint8Array>) => Promise<number>;
  addKeys: (keys: readonly SnapshotKey[]) => Promise<void>;
};

/** Fills the database in one transaction: all of it or nothing, with a mark that the restore goes on. */
export async function loadAll<T>(run: (load: Load) => Promise<T>): Promise<T> {
  return await withSession(async (session) => {
    await session.query("SET TIME ZONE 'UTC'; SET datestyle TO 'ISO, YMD'");
    await session.query("BEGIN");
    const done = await run({
      tables: await findTables(session),
      fill: (table, source) => session.copyIn(`COPY ${listed(table)} FROM STDIN`, source),
      addKeys: (keys) => insertKeys(session, keys),
    });
    await setSequences(session);
    await session.query(
      `INSERT INTO "KeyMark" (name, value) VALUES ($1, 'true') ON CONFLICT (name) DO NOTHING`,
      [RESTORING],
    );
    await session.query("COMMIT");
    return done;
  });
}

async function insertKeys(session: Session, keys: readonly SnapshotKey[]): Promise<void> {
  await session.query(
    `INSERT INTO "WrappedKey" (owner_id, epoch, kek_id, wrapped)
     SELECT * FROM unnest($1::uuid[], $2::int[], $3::text[], $4::bytea[])`,
    [
      keys.map(({ ownerId }) => ownerId),
      keys.map(({ epoch }) => epoch),
      keys.map(({ kekId }) => kekId),
      keys.map(({ wrapped }) => Buffer.from(wrapped)),
    ],
  );
}

async function setSequences(session: Session): Promise<void> {
  const owned = await session.query<{ table: string; column: string; sequence: string }>(
    `SELECT c.relname AS "table", a.attname AS "column",
       pg_get_serial_sequence(format('%I', c.relname), a.attname) AS sequence
     FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attnum > 0
       AND NOT a.attisdropped AND pg_get_serial_sequence(format('%I', c.relname), a.attname) IS NOT NULL`,
  );
  for (const { table, column, sequence } of owned) {
    await session.query(
      `SELECT setval($1, coalesce((SELECT max("${column}") FROM "${table}"), 0) + 1, false)`,
      [sequence],
    );
  }
}

/** Removes what Redis holds of this installation: copies and marks of a time that is not the database's. */
export async function flushCopies(): Promise<number> {
  let removed = 0;
  for await (const keys of scanRedis(`${OURS}:*`)) {
    // Each by itself: the keys of a cluster lie on different nodes.
    const counts = await Promise.all(
      keys.map((key) => withRedis((redis) => redis.unlink(key), key)),
    );
    removed += counts.reduce((sum, count) => sum + count, 0);
  }
  return removed;
}
