import { parseArgs } from "node:util";
import { listStaff } from "@/lib/auth";
import { dataMap } from "@/lib/data-map";
import { env } from "@/lib/env";
import { openEverything, verifyAudit, verifyLedger } from "@/lib/privacy";
import { bringBack } from "./restore/bring-back";
import { schemaEngine } from "./setup/migrate.mjs";

/** Restores into this process's database, a scratch one, and prints what it found as one line of JSON. */
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { every: { type: "string", default: "1" } },
});
const done = await bringBack(positionals[0] ?? "", {
  migrate: (...words) => schemaEngine(env.DATABASE_URL, "deploy", ...words),
  say: (line) => console.error(`  … ${line}`),
  scratch: true,
});
const opened = await openEverything(dataMap, Math.max(1, Number(values.every) || 1));
const staff = await listStaff();
const audit = await verifyAudit();
const ledger = await verifyLedger();
const figures = { ...done, ...opened, staff: staff.length, audit, ledger };
console.log(JSON.stringify(figures));
process.exit(0);
