import { setTimeout as pause } from "node:timers/promises";
import {
  type Rewritten,
  rewriteRedisFiles,
  type Session,
  withRedis,
  withSession,
} from "@/lib/storage";

export type { Rewritten, Session as SweepSession };

/** Any number will do, as long as nobody else in this database uses it. */
const SWEEP_LOCK = 7_276_021;

/**
 * Larger tables are not written anew while people wait for them: that locks a table for some ten seconds a gigabyte. What
 * their freed space still holds is told in the receipt.
 */
export const REWRITE_MAX_BYTES = 256 * 1024 * 1024;

/** Tables that every erasure touches, whatever was found. Keys are always written anew. */
const ALWAYS = ["WrappedKey", "DataRequest", "ErasurePlan", "Customer", "Vault"];
const WHATEVER_ITS_SIZE = "WrappedKey";

const LOCK_TRIES = 5;
const NOTICE_BYTES = 7_900;
/** The server forgets notices by files of 32 pages, and a notice of this size takes a page. */
const NOTICES = 34;
const NOTICE_ROUNDS = 3;
const NOTICE_PAUSE_MS = 100;

/** Runs while no other erasure sweeps; whoever comes later waits. */
export async function sweepInTurn<T>(run: (session: Session) => Promise<T>): Promise<T> {
  return await withSession(async (session) => {
    await session.query("SELECT pg_advisory_lock($1)", [SWEEP_LOCK]);
    return await run(session);
  });
}

export type TablesSwept = {
  /** Written anew, so that nothing of removed rows is left in their files. */
  rewritten: string[];
  /** Too large for that: vacuumed only. */
  tooLarge: string[];
  /** Not ours to write anew. */
  refused: string[];
};

// PostgreSQL knows the privilege from 17 on.
const maintains = (table: string) =>
  `CASE WHEN current_setting('server_version_num')::int >= 170000
     THEN has_table_privilege(${table}, 'MAINTAIN') ELSE false END`;

type Found = { schema: string; name: string; bytes: string; may: boolean };

/**
 * Removes what deleted rows have left in the files of these tables and of their indexes, and in the samples that
 * PostgreSQL keeps of their columns. VACUUM alone frees the space and leaves the bytes, which was measured.
 */
export async function sweepTables(
  session: Session,
  names: readonly string[],
  maxBytes = REWRITE_MAX_BYTES,
): Promise<TablesSwept> {
  const done: TablesSwept = { rewritten: [], tooLarge: [], refused: [] };
  for (const { schema, name, bytes, may } of await findTables(session, names)) {
    const isSmall = Number(bytes) <= maxBytes || name === WHATEVER_ITS_SIZE;
    if (!may) {
      done.refused.push(name);
      continue;
    }
    const how = isSmall ? "(FULL, ANALYZE)" : "(ANALYZE)";
    await patiently(session, `VACUUM ${how} "${schema}"."${name}"`);
    await dropSamples(session, schema, name);
    (isSmall ? done.rewritten : done.tooLarge).push(name);
  }
  if (await mayTidyCatalogue(session)) {
    await patiently(session, "VACUUM (FULL) pg_catalog.pg_statistic");
  } else {
    done.refused.push("pg_statistic");
  }
  return done;
}

async function findTables(session: Session, names: readonly string[]): Promise<Found[]> {
  return await session.query<Found>(
    `SELECT n.nspname AS schema, c.relname AS name, pg_total_relation_size(c.oid) AS bytes,
       pg_has_role(c.relowner, 'USAGE') OR ${maintains("c.oid")} AS may
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind = 'r' AND ((n.nspname = 'public' AND c.relname = ANY ($1::text[]))
       OR (n.nspname = 'pgboss' AND c.relname LIKE 'job%'))
     ORDER BY 1, 2`,
    [[...ALWAYS, ...names]],
  );
}

/** ANALYZE leaves the samples of a table that it finds empty as they were: the ids of whoever was the last in it. */
async function dropSamples(session: Session, schema: string, name: string): Promise<void> {
  const [left] = await session.query(`SELECT 1 FROM "${schema}"."${name}" LIMIT 1`);
  if (left) {
    return;
  }
  const [made] = await session.query<{ can: boolean }>(
    "SELECT to_regprocedure('pg_clear_attribute_stats(text, text, text, boolean)') IS NOT NULL AS can",
  );
  const table = [schema, name];
  // PostgreSQL has a function for it from 18 on. Before that only a superuser can, and the search tells when nobody did.
  const sql = made?.can
    ? `SELECT pg_clear_attribute_stats($1, $2, attname::text, inherited) FROM pg_stats
       WHERE schemaname = $1 AND tablename = $2`
    : `DELETE FROM pg_catalog.pg_statistic WHERE starelid = format('%I.%I', $1::text, $2::text)::regclass
         AND (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)`;
  await unlessDenied(() => session.query(sql, table));
}

async function unlessDenied(run: () => Promise<unknown>): Promise<boolean> {
  try {
    await run();
    return true;
  } catch (error) {
    if (codeOf(error) === "42501") {
      return false;
    }
    throw error;
  }
}

async function mayTidyCatalogue(session: Session): Promise<boolean> {
  const [row] = await session.query<{ may: boolean }>(
    `SELECT pg_has_role(datdba, 'USAGE') OR ${maintains("'pg_catalog.pg_statistic'::regclass")} AS may
     FROM pg_database WHERE datname = current_database()`,
  );
  return row?.may === true;
}

/** Whoever waits for the table behind us waits a few seconds at most. */
async function patiently(session: Session, sql: string): Promise<void> {
  await session.query("SET lock_timeout = '3s'");
  for (let attempt = 1; ; attempt += 1) {
    try {
      await session.query(sql);
      return;
    } catch (error) {
      if (attempt >= LOCK_TRIES || codeOf(error) !== "55P03") {
        throw error;
      }
      await pause(attempt * 200);
    }
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}

/**
 * Leaves nothing of what was written before in PostgreSQL's log and in its queue of notices. Old segments of the log are
 * used again under new names with their old content, so those are gone through as well. Returns what the role may not do.
 */
export async function sweepLog(session: Session): Promise<string[]> {
  await flushNotices(session);
  const mayAll = await unlessDenied(async () => {
    await nextSegment(session);
    await session.query("CHECKPOINT");
    for (let left = await countWaiting(session); left >= 0; left -= 1) {
      await nextSegment(session);
    }
    await session.query("CHECKPOINT");
  });
  return mayAll ? [] : ["pg_switch_wal, pg_ls_waldir and CHECKPOINT"];
}

/** A switch fills the rest of a segment with zeros, and does nothing where nothing was written since the last one. */
async function nextSegment(session: Session): Promise<void> {
  await session.query("SELECT pg_logical_emit_message(false, 'recollect', 'next')");
  await session.query("SELECT pg_switch_wal()");
}

/** Segments that wait to be used, with what they held before. */
async function countWaiting(session: Session): Promise<number> {
  const [row] = await session.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM pg_ls_waldir()
     WHERE name ~ '^[0-9A-F]{24}$' AND name > pg_walfile_name(pg_current_wal_lsn())`,
  );
  return row?.count ?? 0;
}

/** Notices between processes pass through files: the person's id was in one. */
async function flushNotices(session: Session): Promise<void> {
  for (let round = 1; round <= NOTICE_ROUNDS; round += 1) {
    await session.query(
      "SELECT pg_notify('recollect_sweep', repeat('0', $1::int) || n) FROM generate_series(1, $2::int) AS n",
      [NOTICE_BYTES, NOTICES],
    );
    await pause(NOTICE_PAUSE_MS);
  }
}

const TOKEN_SECONDS = 600;

/** Writes a word of no meaning into Redis, by which its files are known, and has it write them anew. */
export async function sweepRedis(token: string): Promise<Rewritten[]> {
  await withRedis((redis) => redis.set(`rc:sweep:${token}`, "1", "EX", TOKEN_SECONDS));
  return await rewriteRedisFiles();
}

export async function dropToken(token: string): Promise<void> {
  await withRedis((redis) => redis.del(`rc:sweep:${token}`));
}
