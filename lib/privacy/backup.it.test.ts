import { execFile } from "node:child_process";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { dataMap } from "@/lib/data-map";
import { type BackupDone, writeBackup } from "./backup";
import { appendAudit, openRequest, publicKeyPem, runErasure } from "./index";
import { snapshotFile } from "./key-snapshot";
import { ledgerFile } from "./ledger-file";
import { requireKeys } from "./load-backup";
import { describeBackup, openBackup } from "./read-backup";
import { rotateKeys } from "./rotate";
import { verifySigned } from "./signing";
import { closePostgres, db, makeKnownCustomer } from "./store-fixture";
import { findFilled, isServing } from "./store-restore";

const own = await vi.hoisted(async () =>
  (await import("@/scripts/setup/integration-own")).useOwnPlace("backup"),
);
const folder = join(own.folder, "backups");

type Figures = Record<string, unknown> & { ok: boolean; wrong: string[] };
type Known = Awaited<ReturnType<typeof makeKnownCustomer>>;
let living: Known;
let erased: Known;
let backup: BackupDone;

async function verify(file: string): Promise<Figures> {
  const words = ["--conditions=react-server", "--import", "tsx", "scripts/restore-verify.ts", file];
  const run = promisify(execFile)(process.execPath, words);
  const { stdout } = await run.catch((error: { stdout: string }) => error);
  return JSON.parse(stdout.trim().split("\n").at(-1) ?? "{}");
}

/** A backup that is older than an erasure and older than a rotation. */
beforeAll(async () => {
  living = await makeKnownCustomer();
  erased = await makeKnownCustomer();
  const asker = { openedBy: "customer", openedById: living.id, reason: "asked_online" } as const;
  await openRequest({ kind: "export", customerId: living.id, ...asker });
  await appendAudit();
  backup = await writeBackup({ folder });
  const opened = { openedBy: "customer", openedById: erased.id, reason: "asked_online" } as const;
  const request = await openRequest({ kind: "erasure", customerId: erased.id, ...opened });
  await runErasure(request.id, dataMap);
  await rotateKeys();
}, 120_000);

afterAll(async () => {
  await closePostgres();
  await own.remove();
});

test("a backup older than an erasure and a rotation opens for the living, and not for the erased", async () => {
  const figures = await verify(backup.file);
  expect(figures).toMatchObject({
    ok: true,
    wrong: [],
    rows: backup.rows,
    files: 1,
    customers: 1,
    opened: 1,
    closedCount: 0,
    erasedInBackup: 1,
    erasedWithKey: 0,
    erasedLeft: 0,
    audit: { ok: true },
    ledger: { ok: true, lines: 1 },
  });
  expect(figures["records"]).toBeGreaterThan(10);
  const scratch = await db().$queryRaw`
    SELECT datname FROM pg_database WHERE datname LIKE 'recollect_verify_%'`;
  expect(scratch).toEqual([]);
}, 120_000);

test("a backup holds no key, no search word and nothing in clear, and its figures are signed", async () => {
  const names: string[] = [];
  const plain: Buffer[] = [];
  for await (const { head, data } of openBackup(backup.file)) {
    names.push(head.kind === "table" ? head.name : head.kind);
    for await (const bytes of data()) {
      plain.push(Buffer.from(bytes));
    }
  }
  expect(names).toEqual(expect.arrayContaining(["start", "file", "Customer", "Message", "end"]));
  expect(names).not.toEqual(expect.arrayContaining(["WrappedKey"]));
  expect(names).not.toEqual(expect.arrayContaining(["Search"]));
  const sealed = readFileSync(backup.file);
  expect(sealed.includes("Message")).toBe(false);
  expect(sealed.includes(living.id)).toBe(false);
  const text = Buffer.concat(plain).toString("latin1");
  expect(text).toContain(living.id);
  expect(text).not.toMatch(/mia@example\.com|555-123-4567/);
  const { manifest, ...signed } = JSON.parse(readFileSync(`${backup.file}.json`, "utf8"));
  expect(verifySigned(manifest, signed, publicKeyPem())).toBe(true);
  expect(manifest).toMatchObject({ sha256: backup.sha256, rows: backup.rows });
});

test("a changed or cut backup is refused, at whatever byte", async () => {
  const whole = readFileSync(backup.file);
  const file = join(own.folder, "changed.rcb");
  const readAll = async () => {
    for await (const { data } of openBackup(file)) {
      for await (const _ of data()) {
        // Read to its end.
      }
    }
  };
  const at = fc.nat({ max: whole.length - 1 });
  await fc.assert(
    fc.asyncProperty(at, fc.boolean(), async (place, cut) => {
      const changed = Buffer.from(whole);
      changed[place] = (changed[place] ?? 0) ^ 1;
      writeFileSync(file, cut ? whole.subarray(0, place) : changed);
      await expect(readAll()).rejects.toThrow();
    }),
    { numRuns: 25 },
  );
});

test("a restore is refused without the keys, the ledger or the backup's key, with what to do", async () => {
  const look = async () => {
    await describeBackup(backup.file);
    await requireKeys();
  };
  for (const [path, says] of [
    [snapshotFile(), /no key snapshot/],
    [ledgerFile(), /ledger is broken.*erased people would come back/s],
    [join(own.folder, "backup-keyring.json"), /backup-keyring\.json/],
  ] as const) {
    const kept = readFileSync(path);
    rmSync(path);
    const refused = expect(look()).rejects.toThrow(says);
    await refused.finally(() => writeFileSync(path, kept, { mode: 0o600 }));
  }
  await look();
});

test("a database that holds something, or that somebody serves from, is known before anything is replaced", async () => {
  expect(await findFilled()).toEqual(expect.arrayContaining(["Customer", "Message"]));
  expect(await isServing()).toBe(true);
});

test("only so many of the newest backups stay as were asked for", async () => {
  const before = readdirSync(folder).length;
  expect(before).toBe(2);
  for (const minute of [1, 2, 3]) {
    await writeBackup({ folder, keep: 2, now: new Date(Date.UTC(2027, 0, 1, 0, minute)) });
  }
  expect(readdirSync(folder).sort()).toEqual([
    "recollect-20270101T000200000Z.rcb",
    "recollect-20270101T000200000Z.rcb.json",
    "recollect-20270101T000300000Z.rcb",
    "recollect-20270101T000300000Z.rcb.json",
  ]);
});
