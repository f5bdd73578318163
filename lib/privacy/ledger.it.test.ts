import {
  appendFileSync,
  existsSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { afterAll, beforeEach, expect, test, vi } from "vitest";
import { dataMap } from "@/lib/data-map";
import {
  acceptLedgerLoss,
  appendAudit,
  describeLedgerLoss,
  findReceipt,
  findRequest,
  LedgerNotLost,
  listAudit,
  openRequest,
  previewErasure,
  redact,
  replayBeforeServing,
  replayLedger,
  runErasure,
  verifyLedger,
} from "./index";
import { cachedKey, forgetCachedKey } from "./key-cache";
import { clearSnapshot, readSnapshot, snapshotFile, writeSnapshot } from "./key-snapshot";
import { createKey, keyOf } from "./keys";
import { LedgerBroken } from "./ledger";
import { copyLedger, ledgerCopy, ledgerEnd, ledgerFile } from "./ledger-file";
import { ledgerGate } from "./ledger-gate";
import { closePostgres, db, makeCustomer, makeKnownCustomer, transact } from "./store-fixture";
import { endRestore, findReplayed, noteReplayed, RESTORING } from "./store-ledger";

const own = await vi.hoisted(async () =>
  (await import("@/scripts/setup/integration-own")).useOwnPlace("ledger"),
);
/** A busy machine takes its time. */
const SOON = { timeout: 15_000 };
const admin = { kind: "staff", id: "", role: "admin" } as const;

afterAll(async () => {
  await closePostgres();
  await own.remove();
});

// What a test has broken is whole again for the next one.
let before: string | null = null;
beforeEach(() => {
  if (before !== null) {
    writeFileSync(ledgerFile(), before);
  }
  before = existsSync(ledgerFile()) ? readFileSync(ledgerFile(), "utf8") : null;
});

async function erase(customerId: string): Promise<string> {
  const opened = { openedBy: "customer", openedById: customerId } as const;
  const ask = { kind: "erasure", customerId, ...opened, reason: "asked_online" } as const;
  const { id } = await openRequest(ask);
  await runErasure(id, dataMap);
  before = readFileSync(ledgerFile(), "utf8");
  return id;
}

/** The person as an old copy of the database would bring them back, key and all, and the mark of that time. */
async function bringBack(customerId: string, run: () => Promise<unknown>): Promise<void> {
  const mark = await findReplayed();
  await run();
  await transact(async (tx) => {
    await db(tx).customer.create({ data: { id: customerId } });
    await createKey(customerId, tx);
    await noteReplayed(mark, tx);
  });
}

test("an erasure is in the ledger before its receipt, which names the line, and nothing of it names the person", async () => {
  const owner = await makeKnownCustomer();
  const requestId = await erase(owner.id);
  const receipt = await findReceipt(requestId);
  expect(receipt?.body.ledger).toEqual(ledgerEnd());
  expect(await findRequest(admin, requestId)).toMatchObject({ state: "running" });
  expect(await verifyLedger()).toMatchObject({ ok: true });
  const text = readFileSync(ledgerFile(), "utf8");
  expect(text).not.toContain(owner.id);
  expect(text).not.toContain(receipt?.body.user);
});

test("a person whom an old copy of the database brings back is erased again by the same door", async () => {
  const owner = await makeKnownCustomer();
  let requestId = "";
  await bringBack(owner.id, async () => {
    requestId = await erase(owner.id);
  });
  const lines = ledgerEnd();
  expect(await replayLedger(dataMap)).toEqual({ lines: 1, erased: 1, conversations: 0 });
  for (const { found } of (await previewErasure(owner.id, dataMap)).stores) {
    expect(found).toBe(0);
  }
  expect(ledgerEnd()).toEqual(lines);
  expect(await replayLedger(dataMap)).toEqual({ lines: 0, erased: 0, conversations: 0 });
  const again = await db().receipt.count({ where: { requestId: { not: requestId } } });
  expect(again).toBeGreaterThan(0);
});

test("a replay that was killed half-way is run again, and other people are untouched", async () => {
  const [owner, other] = [await makeKnownCustomer(), await makeKnownCustomer()];
  await bringBack(owner.id, () => erase(owner.id));
  const killed = dataMap.map((entry) =>
    entry.name === "Vault" ? { ...entry, erase: () => Promise.reject(new Error("killed")) } : entry,
  );
  await expect(replayLedger(killed)).rejects.toThrow("killed");
  expect(await replayLedger(dataMap)).toMatchObject({ erased: 1 });
  expect(await db().customer.count({ where: { id: owner.id } })).toBe(0);
  expect((await keyOf(other)).ownerId).toBe(other.id);
});

test("a ledger that was cut off is found, and no erasure begins a second one beside it", async () => {
  await erase((await makeCustomer()).id);
  const owner = await makeCustomer();
  renameSync(ledgerFile(), `${ledgerFile()}.lost`);
  expect(await verifyLedger()).toMatchObject({ ok: false, fault: "end_cut_off" });
  await expect(replayLedger(dataMap)).rejects.toBeInstanceOf(LedgerBroken);
  const opened = { openedBy: "customer", openedById: owner.id, reason: "other" } as const;
  const request = await openRequest({ kind: "erasure", customerId: owner.id, ...opened });
  await expect(runErasure(request.id, dataMap)).rejects.toBeInstanceOf(LedgerBroken);
  expect(await findRequest(admin, request.id)).toMatchObject({
    state: "failed",
    failure: "ledger_broken",
  });
  expect(existsSync(ledgerFile())).toBe(false);
  expect(await db().wrappedKey.count({ where: { ownerId: owner.id } })).toBe(1);
});

test("a last line that a power cut tore is dropped by the next one", async () => {
  await erase((await makeCustomer()).id);
  appendFileSync(ledgerFile(), '{"line":99,"torn');
  expect(await verifyLedger()).toMatchObject({ ok: true });
  await erase((await makeCustomer()).id);
  expect(await verifyLedger()).toMatchObject({ ok: true });
  expect(readFileSync(ledgerFile(), "utf8")).not.toContain("torn");
});

test("erasures at the same time make one chain", async () => {
  const people = await Promise.all(Array.from({ length: 4 }, makeCustomer));
  const { line } = ledgerEnd();
  await Promise.all(people.map(({ id }) => erase(id)));
  before = readFileSync(ledgerFile(), "utf8");
  expect(ledgerEnd().line).toBe(line + 4);
  expect(await verifyLedger()).toMatchObject({ ok: true });
});

test("an erased customer's key is overwritten in the newest key snapshot, and all others stay", async () => {
  const people = await Promise.all(Array.from({ length: 12 }, makeCustomer));
  await writeSnapshot();
  const listed = () => [...readSnapshot()].flat();
  const whole = listed();
  const gone = people.filter((_, at) => at % 3 !== 0).map(({ id }) => id);
  const bytes = whole.find(({ ownerId }) => ownerId === gone[0])?.wrapped ?? new Uint8Array();
  for (const id of gone) {
    await clearSnapshot([id]);
  }
  expect(listed()).toEqual(whole.filter(({ ownerId }) => !gone.includes(ownerId)));
  expect(readFileSync(snapshotFile()).includes(Buffer.from(bytes))).toBe(false);
  const [{ id: last = "" } = {}] = people;
  await erase(last);
  expect(listed().some(({ ownerId }) => ownerId === last)).toBe(false);
  // A person who is not in it, or twice: nothing happens.
  await clearSnapshot([...gone, "01936b2e-0000-7000-8000-000000000001"]);
});

test("a process that heard of an erasure too late gives out no key that it still holds", async () => {
  const owner = await makeCustomer();
  const stale = await keyOf(owner);
  await erase(owner.id);
  // As in another process that heard nothing: the key is in its cache again.
  await cachedKey(owner.id, owner.keyEpoch, () => Promise.resolve(stale));
  const row = await db().customer.findUnique({ where: { id: owner.id } });
  expect(row).toBeNull();
  // The ownership query of an erasure that is under way has another epoch than the cached key.
  await expect(keyOf({ id: owner.id, keyEpoch: 2 })).rejects.toMatchObject({ code: "key_missing" });
  // And with the key itself in hand nothing new is kept.
  await expect(redact(stale, "late@example.com")).rejects.toMatchObject({ code: "not_found" });
  forgetCachedKey(owner.id);
});

test("a lost ledger is accepted only without any copy, by a word in the audit log, and the next erasure begins behind what is left", async () => {
  await erase((await makeCustomer()).id);
  await erase((await makeCustomer()).id);
  const { line } = ledgerEnd();
  expect(await describeLedgerLoss()).toMatchObject({
    known: line,
    verdict: { ok: true },
    copy: null,
  });
  await expect(acceptLedgerLoss()).rejects.toBeInstanceOf(LedgerNotLost);

  // The last line is cut off; while a whole copy lies beside the snapshot that is put back instead.
  await writeSnapshot();
  copyLedger();
  const whole = readFileSync(ledgerFile(), "utf8");
  const cut = `${whole.trimEnd().split("\n").slice(0, -1).join("\n")}\n`;
  writeFileSync(ledgerFile(), cut);
  expect((await describeLedgerLoss()).copy).toBe(ledgerCopy());
  await expect(acceptLedgerLoss()).rejects.toBeInstanceOf(LedgerNotLost);
  rmSync(ledgerCopy());
  expect(await acceptLedgerLoss()).toEqual({ lost: 1, kept: line - 1 });
  expect(await verifyLedger()).toMatchObject({ ok: true, lines: line - 1 });

  // A line in the middle was changed: nothing of the file is believed, and it is laid aside.
  writeFileSync(ledgerFile(), cut.replace(/"person":"./, '"person":"g'));
  rmSync(ledgerCopy());
  expect(await acceptLedgerLoss()).toEqual({ lost: line - 1, kept: 0 });
  expect(existsSync(ledgerFile())).toBe(false);
  await erase((await makeCustomer()).id);
  expect(await verifyLedger()).toMatchObject({ ok: true, lines: 1 });
  await appendAudit();
  const { entries } = await listAudit({ action: "ledger_accepted" });
  expect(entries.slice(0, 2).map(({ metadata }) => metadata)).toEqual([
    { count: line - 1, previous: "line_unreadable" },
    { count: 1, previous: "end_cut_off" },
  ]);
});

// The last one: it shuts this process's keys.
test("nobody's data is opened while the ledger is broken or a restore is half done, and everything is once it is put back", async () => {
  const owner = await makeCustomer();
  await erase((await makeCustomer()).id);
  truncateSync(ledgerFile(), 100);
  replayBeforeServing(dataMap);
  await expect.poll(() => ledgerGate(), SOON).toEqual({ open: false, why: "ledger_broken" });
  await expect(keyOf(owner)).rejects.toMatchObject({ code: "key_unavailable" });
  writeFileSync(ledgerFile(), before ?? "");
  await expect.poll(() => ledgerGate().open, SOON).toBe(true);
  expect((await keyOf(owner)).ownerId).toBe(owner.id);

  // The same holds for a restore that was killed before its end.
  await db().keyMark.create({ data: { name: RESTORING, value: true } });
  replayBeforeServing(dataMap);
  await expect.poll(() => ledgerGate(), SOON).toEqual({ open: false, why: "restore_unfinished" });
  await expect(keyOf(owner)).rejects.toMatchObject({ code: "key_unavailable" });
  await transact(endRestore);
  await expect.poll(() => ledgerGate().open, SOON).toBe(true);
});
