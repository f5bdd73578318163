import { Sorry } from "./say.mjs";

/** Loaded late: this file is read before node_modules exists. */
async function connect(url) {
  const { default: pg } = await import("pg");
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 });
  client.on("error", () => client.end().catch(console.error));
  await client.connect();
  return client;
}

/** Runs `work` with a connection and always closes it. */
export async function withDatabase(url, work) {
  const client = await connect(url);
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Whether a server answers under this URL. */
export async function canConnect(url) {
  try {
    return await withDatabase(url, () => true);
  } catch {
    return false;
  }
}

/** Makes a database when it is missing and returns its URL. */
export async function createDatabase(url, name, { afresh = false } = {}) {
  await withDatabase(url, async (client) => {
    if (afresh) {
      await client.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
    }
    const { rowCount } = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [name]);
    if (rowCount === 0) {
      await client.query(`CREATE DATABASE "${name}"`);
    }
  });
  const target = new URL(url);
  target.pathname = `/${name}`;
  return target.href;
}

/** Refuses with the server's own words when the database that the person named cannot be reached. */
export async function requireDatabase(url) {
  try {
    await withDatabase(url, () => true);
  } catch (error) {
    const { host, pathname } = new URL(url);
    throw new Sorry(
      `The database that DATABASE_URL names (${host}${pathname}) cannot be reached: ${error.message || error.code}. Start it or correct the variable; without it, Recollect brings its own PostgreSQL.`,
      { cause: error },
    );
  }
}

/** How many lines of the erasure ledger this database has seen; 0 where it has seen none. */
export async function seenLedgerLines(url) {
  return await withDatabase(url, async (client) => {
    const { rows } = await client.query(`SELECT to_regclass('"KeyMark"') AS "table"`);
    if (rows[0].table === null) {
      return 0;
    }
    const marks = await client.query(
      `SELECT (value->>'line')::int AS lines FROM "KeyMark" WHERE name = 'ledger_replayed'`,
    );
    return marks.rows[0]?.lines ?? 0;
  });
}

/** The ids of all key-encryption keys that stored data needs. */
export async function sealingKeyIds(url) {
  return await withDatabase(url, async (client) => {
    const { rows } = await client.query(`SELECT to_regclass('"WrappedKey"') AS "table"`);
    if (rows[0].table === null) {
      return [];
    }
    const keys = await client.query(`SELECT DISTINCT kek_id AS id FROM "WrappedKey" ORDER BY 1`);
    return keys.rows.map(({ id }) => id);
  });
}
