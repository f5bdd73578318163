import { parseArgs } from "node:util";
import { appendAudit, verifyAudit } from "@/lib/privacy";
import { auditFaults } from "@/lib/privacy/schema";

/** `npm run audit:verify [-- --json]`: walks the whole audit log. Ends with 0 when it is whole, and with 1 when it is not. */
const { values } = parseArgs({ options: { json: { type: "boolean", default: false } } });

await appendAudit();
const verdict = await verifyAudit();
const walked = `${verdict.entries} entries and ${verdict.checkpoints} signed checkpoints were checked.`;
if (values.json) {
  console.log(JSON.stringify(verdict));
} else if (verdict.ok) {
  console.log(`The audit log is whole. ${walked}`);
  console.log(
    `Newest hash: ${verdict.hash ?? "none yet"}. Keep it elsewhere, to compare it later.`,
  );
} else {
  console.log(`THE AUDIT LOG IS NOT WHOLE, at entry ${verdict.seq}: ${auditFaults[verdict.fault]}`);
  console.log(
    `${walked} Keep the database and DATA_DIR/audit as they are, and compare with a backup.`,
  );
}
process.exit(verdict.ok ? 0 : 1);
