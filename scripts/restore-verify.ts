import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs, promisify } from "node:util";
import { env } from "@/lib/env";
import { describeKeysFolder } from "@/lib/privacy";
import { createDatabase, withDatabase } from "./setup/database.mjs";
import { node24, tsx } from "./setup/node24.mjs";

const USAGE = "npm run restore:verify -- FILE [--every N]   N: open every N-th customer only";

type Client = { query: (sql: string) => Promise<unknown> };
type Figures = {
  closedCount: number;
  erasedWithKey: number;
  erasedLeft: number;
  audit: { ok: boolean };
  ledger: { ok: boolean };
};

/** `npm run restore:verify -- FILE`: a whole restore into a scratch database, looked through, and dropped again. */
const scratch = `recollect_verify_${randomUUID().slice(0, 8)}`;
const folder = mkdtempSync(join(tmpdir(), "recollect-verify-"));
let failed = true;
try {
  const { file, every } = readWords();
  const began = performance.now();
  const url = await createDatabase(env.DATABASE_URL, scratch);
  const figures = await check(file, every, url);
  const wrong = faultsOf(figures);
  const seconds = Math.round(performance.now() - began) / 1000;
  failed = wrong.length > 0;
  console.log(JSON.stringify({ ok: !failed, wrong, file, ...figures, totalSeconds: seconds }));
} catch (error) {
  console.log(JSON.stringify({ ok: false, wrong: [error instanceof Error ? error.message : "?"] }));
} finally {
  rmSync(folder, { recursive: true, force: true });
  await withDatabase(env.DATABASE_URL, (client: Client) =>
    client.query(`DROP DATABASE IF EXISTS "${scratch}" WITH (FORCE)`),
  );
}
process.exit(failed ? 1 : 0);

function readWords(): { file: string; every: string } {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { every: { type: "string", default: "1" } },
  });
  const [file] = positionals;
  if (!file) {
    throw new Error(`Name the backup: ${USAGE}`);
  }
  return { file: resolve(file), every: values.every };
}

/** A process of its own: database clients and keys of this one belong to the living installation. */
async function check(file: string, every: string, url: string): Promise<Figures> {
  const words = [...tsx("scripts/restore-check.ts"), file, "--every", every];
  const environment = {
    ...process.env,
    DATABASE_URL: url,
    DATA_DIR: folder,
    ...describeKeysFolder(),
  };
  try {
    const { stdout } = await promisify(execFile)(node24(), words, {
      env: environment,
      maxBuffer: 64e6,
    });
    return JSON.parse(stdout.trim().split("\n").at(-1) ?? "") as Figures;
  } catch (cause) {
    const said = cause instanceof Error && "stderr" in cause ? String(cause.stderr) : "";
    const last = said.match(/(?:BackupRefused|SealError|LedgerBroken|Error): .*/)?.[0];
    throw new Error(last ?? "The restore ended without saying why", { cause });
  }
}

function faultsOf(figures: Figures): string[] {
  const { closedCount, erasedWithKey, erasedLeft, audit, ledger } = figures;
  return [
    ...(closedCount > 0 ? [`${closedCount} living customers do not open`] : []),
    ...(erasedWithKey > 0 ? [`${erasedWithKey} erased customers still have a key`] : []),
    ...(erasedLeft > 0 ? [`${erasedLeft} rows of erased customers are left`] : []),
    ...(audit.ok ? [] : ["the audit chain does not verify"]),
    ...(ledger.ok ? [] : ["the erasure ledger does not verify"]),
  ];
}
