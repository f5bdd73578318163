import { parseArgs } from "node:util";
import { env } from "@/lib/env";
import { BackupRefused, findFilled, isServing, requireKeys, SealError } from "@/lib/privacy";
import { bringBack } from "./restore/bring-back";
import { schemaEngine } from "./setup/migrate.mjs";

const USAGE = "npm run restore -- FILE [--force]";

/** `npm run restore -- FILE`: a backup into an empty database, made ready before anybody is served. */
let emptied = false;
try {
  const { file, force } = readWords();
  await requireIdle();
  await requireKeys();
  await requireEmpty(force);
  const began = performance.now();
  const done = await bringBack(file, {
    migrate: (...words) => {
      emptied = true;
      return schemaEngine(env.DATABASE_URL, "deploy", ...words);
    },
    say: (line) => console.log(`  … ${line}`),
  });
  const { load, replay, index } = done.seconds;
  console.log(`
  The backup of ${done.createdAt} is restored: ${done.rows} rows of ${done.tables} tables, ${done.keys} keys, ${done.files} files.
  ${done.erasedInBackup} people in it had been erased since; the ledger has removed them again, before anybody is served.
  ${((performance.now() - began) / 1000).toFixed(1)} s (rows ${load} s, ledger ${replay} s, search ${index} s). Start the product: npm start`);
  process.exit(0);
} catch (error) {
  const known = error instanceof BackupRefused || error instanceof SealError;
  console.error(known ? error.message : error);
  console.error(
    emptied
      ? "The restore stopped on its way: the database holds nothing, or is half ready and opens nothing. Run the same command again with --force."
      : "The database was not touched.",
  );
  process.exit(1);
}

function readWords(): { file: string; force: boolean } {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { force: { type: "boolean", default: false } },
  });
  const [file] = positionals;
  if (!file) {
    throw new BackupRefused(`Name the backup: ${USAGE}`);
  }
  return { file, force: values.force };
}

async function requireIdle(): Promise<void> {
  if (await isServing()) {
    throw new BackupRefused(
      "Recollect serves from this database right now. Stop every web process and worker first, then restore.",
    );
  }
}

async function requireEmpty(force: boolean): Promise<void> {
  const filled = await findFilled();
  if (filled.length > 0 && !force) {
    throw new BackupRefused(
      `The database is not empty: ${filled.join(", ")}. A restore replaces everything in it, and what is newer than the backup is lost. If that is what you want: ${USAGE.replace("[--force]", "--force")}`,
    );
  }
}
