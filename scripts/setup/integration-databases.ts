import { rmSync } from "node:fs";
import pg from "pg";
import { folderOfWorker, urlOfWorker, WORKERS } from "./integration-worker";

/**
 * A database for each worker, copied from the migrated one: a test that starts a runner would otherwise answer the
 * turns of the tests beside it.
 */
export async function setup(): Promise<void> {
  await teardown();
  const { home, folders, names } = places();
  await run(
    home,
    names.map((name) => `CREATE DATABASE "${name}" TEMPLATE "${home.pathname.slice(1)}"`),
  );
  for (const folder of folders) {
    rmSync(folder, { recursive: true, force: true });
  }
}

export async function teardown(): Promise<void> {
  const { home, names } = places();
  await run(
    home,
    names.map((name) => `DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`),
  );
}

function places(): { home: URL; names: string[]; folders: string[] } {
  const { DATABASE_URL = "", DATA_DIR = ".data" } = process.env;
  return {
    home: new URL(DATABASE_URL),
    names: WORKERS.map((worker) => urlOfWorker(DATABASE_URL, worker).pathname.slice(1)),
    folders: WORKERS.map((worker) => folderOfWorker(DATA_DIR, worker)),
  };
}

async function run(home: URL, statements: string[]): Promise<void> {
  const elsewhere = new URL(home);
  // The database that is copied must not be connected to.
  elsewhere.pathname = "postgres";
  const client = new pg.Client({ connectionString: elsewhere.href });
  await client.connect();
  try {
    for (const statement of statements) {
      await client.query(statement);
    }
  } finally {
    await client.end();
  }
}
