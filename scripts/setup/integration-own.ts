import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";

/** A database, a folder and a keyring's file of one test file's own. */
export type Own = { folder: string; keyringFile: string; remove: () => Promise<void> };

/**
 * For tests that change what all others share: keys, the ledger, the whole database. Call it inside of `vi.hoisted`, so
 * that it comes before anything reads the environment.
 */
export async function useOwnPlace(name: string): Promise<Own> {
  const url = new URL(process.env["DATABASE_URL"] ?? "");
  const [home = ""] = url.pathname.slice(1).split(/_w\d+$/);
  const database = `${home}_own_${name}`;
  await run(url, [
    `DROP DATABASE IF EXISTS "${database}" WITH (FORCE)`,
    `CREATE DATABASE "${database}" TEMPLATE "${home}"`,
  ]);
  const folder = mkdtempSync(join(tmpdir(), `recollect-${name}-`));
  const keyringFile = join(folder, "secrets-keyring.json");
  const given = process.env["KEYRING_FILE"];
  const keyring = given ? readFileSync(given, "utf8") : (process.env["KEYRING"] ?? "");
  writeFileSync(keyringFile, keyring, { mode: 0o600 });
  url.pathname = database;
  Object.assign(process.env, {
    DATABASE_URL: url.href,
    DATA_DIR: join(folder, "data"),
    KEYRING_FILE: keyringFile,
    KEYS_DIR: folder,
    BACKUP_DIR: join(folder, "backups"),
  });
  const remove = async () => {
    await run(url, [`DROP DATABASE IF EXISTS "${database}" WITH (FORCE)`]);
    rmSync(folder, { recursive: true, force: true });
  };
  return { folder, keyringFile, remove };
}

async function run(url: URL, statements: string[]): Promise<void> {
  const elsewhere = new URL(url);
  // A database that is copied or dropped must not be connected to.
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
