import { parseArgs } from "node:util";
import { acceptLedgerLoss, describeLedgerLoss } from "@/lib/privacy";

/** `npm run ledger:accept [-- --yes]`: see scripts/ledger-accept.mjs. */
const { values } = parseArgs({ options: { yes: { type: "boolean", default: false } } });
const { known, verdict, copy } = await describeLedgerLoss();

if (verdict.ok) {
  console.log(`The erasure ledger is whole: ${verdict.lines} lines. There is nothing to accept.`);
  process.exit(0);
}
console.log(
  `The erasure ledger does not hold at line ${verdict.line} (${verdict.fault}); this database has seen ${known} lines.`,
);
if (copy !== null) {
  console.log(`A whole copy lies beside the key snapshot. Put it back instead:\n  ${copy}`);
  process.exit(1);
}
console.log(`
  Look for a copy first: beside the key snapshot, and wherever that folder is copied to.
  Accepting the loss means that nobody knows any more who was erased by the lost lines. Put back a backup
  that is older than those erasures, and these people are in it again; with an older key snapshot it opens.
  Delete such backups and snapshots. Receipts stay valid. The acceptance is written into the audit log.`);
if (!values.yes) {
  console.log("\n  Nothing was changed. To accept: npm run ledger:accept -- --yes");
  process.exit(1);
}
const { lost, kept } = await acceptLedgerLoss();
console.log(`\n  Accepted: ${lost} lines are lost, ${kept} are kept. The product starts again.`);
process.exit(0);
