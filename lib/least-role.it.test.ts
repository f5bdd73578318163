import { afterAll, beforeAll, expect, test } from "vitest";
import { applyGrants, describeDatabase, grantsFor } from "@/scripts/setup/roles.mjs";
import { again } from "./again-for-tests";
import { dataMap } from "./data-map";
import { env } from "./env";
import { appendAudit, openRequest, runErasure } from "./privacy";
import { closePostgres, db, makeKnownCustomer } from "./privacy/store-fixture";
import { launch } from "./process-for-tests";

// Roles are the whole server's.
const ROLE = `recollect_app_${process.pid}`;
const PASSWORD = "of this test only";
const url = new URL(env.DATABASE_URL);
url.username = ROLE;
url.password = encodeURIComponent(PASSWORD);

beforeAll(async () => {
  const grants = grantsFor(ROLE, await describeDatabase(env.DATABASE_URL));
  await applyGrants(env.DATABASE_URL, grants);
  // Twice is once.
  expect(await applyGrants(env.DATABASE_URL, grants)).toEqual([]);
  await db().$executeRawUnsafe(`ALTER ROLE ${ROLE} PASSWORD '${PASSWORD}'`);
});

afterAll(async () => {
  await db().$executeRawUnsafe(`REASSIGN OWNED BY ${ROLE} TO CURRENT_USER`);
  await db().$executeRawUnsafe(`DROP OWNED BY ${ROLE}`);
  await db().$executeRawUnsafe(`DROP ROLE ${ROLE}`);
  await closePostgres();
});

async function ask(): Promise<string> {
  const { id } = await again(makeKnownCustomer);
  const opened = { openedBy: "customer", openedById: id, reason: "other" } as const;
  return (await openRequest({ kind: "erasure", customerId: id, ...opened })).id;
}

const SERVE = `
const { appendAudit, runErasure, sweepErasure, verifyAudit } = await import("./lib/privacy/index.ts");
const { dataMap } = await import("./lib/data-map.ts");
const { db } = await import("./lib/storage/index.ts");
const { again } = await import("./lib/again-for-tests.ts");
console.log("ready");
await again(() => runErasure(process.env.REQUEST, dataMap));
await appendAudit();
const { second } = await again(() => sweepErasure(process.env.REQUEST, dataMap));
const { ok } = await verifyAudit();
const refused = [];
for (const sql of [
  "UPDATE \\"AuditEntry\\" SET actor = 'x'",
  "DELETE FROM \\"AuditEntry\\"",
  "TRUNCATE \\"AuditEntry\\"",
  "UPDATE \\"Receipt\\" SET body = '{}'",
  "DELETE FROM \\"Receipt\\"",
  "DROP TABLE \\"AuditEntry\\"",
]) {
  await db().$executeRawUnsafe(sql).then(() => console.log("allowed: " + sql), (error) => refused.push(/permission denied|must be owner/.test(String(error))));
}
console.log("audit " + ok + " refused " + refused.join() + " rewritten " + second.body.notDone.filter((line) => line.includes("role may not")).length + " end");
process.exit(0);
`;

test("a role of the product's own erases, signs and appends to the audit log, and can change neither log nor receipt", {
  timeout: 600_000,
}, async () => {
  const first = await ask();
  await again(() => runErasure(first, dataMap));
  await appendAudit();
  const settings = { REQUEST: await ask(), DATABASE_URL: url.href, SERVER_FILES: "" };
  const { gone, said } = await launch(SERVE, settings);
  expect(await gone, said()).toBe(0);
  expect(said()).toContain(`audit true refused ${Array(6).fill("true").join()} rewritten 0 end`);
});
