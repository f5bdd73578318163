import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { env } from "@/lib/env";
import { LedgerBroken, verifyLedger, writeBackup } from "@/lib/privacy";

const USAGE =
  "npm run backup [-- --to DIR] [--keep N]   DIR is BACKUP_DIR unless you say otherwise; N is how many of the newest stay";

/** `npm run backup`: one sealed file, while the product runs. */
try {
  const { to, keep } = readWords();
  // A backup beside a broken ledger would hide that it is broken.
  const ledger = await verifyLedger();
  if (!ledger.ok) {
    throw new LedgerBroken(ledger.fault, ledger.line);
  }
  const done = await writeBackup({ folder: to, keep, say: (line) => console.log(`  … ${line}`) });
  const megabytes = (done.bytes / 1e6).toFixed(1);
  console.log(`
  ${done.file}
  ${done.rows} rows of ${done.tables} tables, ${megabytes} MB, ${done.seconds} s; sha256 ${done.sha256}
  It holds no keys. The newest key snapshot (${done.keys} keys) and the erasure ledger lie in their own folder: take that
  elsewhere too, and only its newest copy. Check this backup: npm run restore:verify -- ${done.file}`);
  for (const name of done.removed) {
    console.log(`  removed ${name}`);
  }
  process.exit(0);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}

function readWords(): { to: string; keep: number | undefined } {
  const { values } = parseArgs({ options: { to: { type: "string" }, keep: { type: "string" } } });
  const keep = values.keep === undefined ? undefined : Number(values.keep);
  if (keep !== undefined && (!Number.isInteger(keep) || keep < 1)) {
    throw new Error(`--keep takes a whole number from 1.\n${USAGE}`);
  }
  return { to: resolve(values.to ?? env.BACKUP_DIR), keep };
}
