import { appendFileSync, existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, expect, test } from "vitest";
import { dataMap } from "@/lib/data-map";
import { env } from "@/lib/env";
import { newId } from "@/lib/id";
import { readPlan } from "./erasure-plan";
import {
  appendAudit,
  findReceipt,
  findRequest,
  keyOf,
  listAudit,
  listUnswept,
  openRequest,
  publicKeyPem,
  redact,
  runErasure,
  sweepErasure,
  verifyReceipt,
} from "./index";
import { keysFolder } from "./keys-folder";
import { destroyOneOffKey } from "./one-off-key";
import { listRawFiles, searchFiles } from "./raw-files";
import { faultOfReceipt } from "./receipt";
import { closePostgres, db, makeKnownCustomer } from "./store-fixture";
import { describeServer } from "./store-raw";
import { sweepInTurn } from "./store-sweep";
import { finderOf, tracesOf } from "./traces";

const PATIENCE_MS = 120_000;
const admin = { kind: "staff", id: newId(), role: "admin" } as const;
const keyFile = (requestId: string) => join(keysFolder(), "erasures", `${requestId}.key`);
const { SERVER_FILES } = env;

afterEach(() => {
  env.SERVER_FILES = SERVER_FILES;
});
afterAll(closePostgres);

async function ask(customerId: string): Promise<string> {
  const opened = { openedBy: "customer", openedById: customerId, reason: "other" } as const;
  return (await openRequest({ kind: "erasure", customerId, ...opened })).id;
}

/** How often something of a person stands in the files, by what it is. */
async function lookInFiles(requestId: string): Promise<Record<string, number>> {
  const plan = await readPlan(requestId);
  const traces = plan ? tracesOf(plan) : [];
  return await sweepInTurn(async (session) => {
    await session.query("CHECKPOINT");
    const { files } = listRawFiles(await describeServer(session));
    const { hits } = await searchFiles(
      files,
      finderOf(traces, () => true),
    );
    const counts: Record<string, number> = {};
    for (const [at, count] of hits.flatMap((hit) => [...hit.traces])) {
      const what = traces[at]?.what ?? "";
      counts[what] = (counts[what] ?? 0) + count;
    }
    return counts;
  });
}

test("after both stages nothing of a person is found in any store or file, and both signatures say so", {
  timeout: PATIENCE_MS,
}, async () => {
  const owner = await makeKnownCustomer();
  await redact(await keyOf(owner), `mail ${owner.conversationId}@example.com`);
  const requestId = await ask(owner.id);
  const { receipt: first } = await runErasure(requestId, dataMap);
  expect(await findRequest(admin, requestId)).toMatchObject({ state: "running" });
  expect(existsSync(keyFile(requestId))).toBe(true);
  if (SERVER_FILES) {
    // Deleted is not gone: the key that opens everything stands in the files, and so do ids. Words never did.
    const before = await lookInFiles(requestId);
    expect(before).toMatchObject({ key: expect.any(Number), id: expect.any(Number) });
  }

  const receipt = await sweepErasure(requestId, dataMap);
  const { second, ...whole } = receipt;
  expect(whole).toEqual(first);
  expect(second?.body.places.filter(({ hits }) => hits > 0)).toEqual([]);
  expect(second?.body.lookedFor).toMatchObject({ wrappedKeys: 1, ids: 2 });
  expect(second?.body.lookedFor.values).toBeGreaterThan(3);
  expect(second?.body.places).toContainEqual(
    expect.objectContaining({ name: "PostgreSQL's files", looked: Boolean(SERVER_FILES) }),
  );
  expect(verifyReceipt(receipt, publicKeyPem())).toBe(true);
  expect(await findRequest(admin, requestId)).toMatchObject({ state: "done", failure: null });
  expect(existsSync(keyFile(requestId))).toBe(false);
  expect(await db().erasurePlan.count({ where: { requestId } })).toBe(0);
  expect(JSON.stringify(receipt)).not.toMatch(
    new RegExp(`${owner.id}|${owner.conversationId}|mia|Lindenstrasse`, "i"),
  );

  expect(await sweepErasure(requestId, dataMap)).toEqual(receipt);
  expect(await findReceipt(requestId)).toEqual(receipt);
  await appendAudit();
  const { entries } = await listAudit({ action: "erasure_searched", limit: 200 });
  expect(entries.filter(({ metadata }) => metadata["requestId"] === requestId)).toHaveLength(1);
});

test("a receipt does not verify when either part was changed or comes from another erasure", {
  timeout: PATIENCE_MS,
}, async () => {
  env.SERVER_FILES = undefined;
  const receipts = [];
  for (const owner of [await makeKnownCustomer(), await makeKnownCustomer()]) {
    const requestId = await ask(owner.id);
    await runErasure(requestId, dataMap);
    receipts.push(await sweepErasure(requestId, dataMap));
  }
  const [one, other] = receipts;
  if (!one?.second || !other?.second) {
    throw new Error("There is no second part");
  }
  expect(faultOfReceipt(one)).toBeNull();
  expect(faultOfReceipt({ ...one, second: other.second })).toBe("second_of_another");
  const changed = structuredClone(one);
  changed.body.reason = "asked_by_phone";
  expect(faultOfReceipt(changed)).toBe("first_forged");
  const whitened = structuredClone({ ...one, second: one.second });
  whitened.second.body.notDone = [];
  expect(faultOfReceipt(whitened)).toBe("second_forged");
  // Without the servers' folders the receipt claims nothing of their files.
  expect(one.second.body.places).toContainEqual(
    expect.objectContaining({ name: "PostgreSQL's files", looked: false, items: 0 }),
  );
  expect(one.second.body.notDone.join(" ")).toContain("PostgreSQL's raw files were not looked at");
});

test("what is found in a file fails the request, which says where, and a later run finishes it", {
  timeout: PATIENCE_MS,
}, async () => {
  env.SERVER_FILES = undefined;
  const owner = await makeKnownCustomer();
  const email = `${owner.conversationId}@example.com`;
  await redact(await keyOf(owner), `mail ${email}`);
  const requestId = await ask(owner.id);
  await runErasure(requestId, dataMap);
  const file = join(env.DATA_DIR, "reports", "forgotten.txt");
  mkdirSync(join(env.DATA_DIR, "reports"), { recursive: true });
  appendFileSync(file, Buffer.from(`..${email}..`).toString("base64"));
  await expect(sweepErasure(requestId, dataMap)).rejects.toThrow("forgotten.txt");
  const failed = await findRequest(admin, requestId);
  expect(failed).toMatchObject({ state: "failed", failure: "left_over" });
  expect(failed?.foundIn.join()).toMatch(/reports\/forgotten\.txt \(\d+\)$/);
  expect((await findReceipt(requestId))?.second).toBeUndefined();
  expect(existsSync(keyFile(requestId))).toBe(true);

  rmSync(file);
  await db().receipt.updateMany({ where: { requestId }, data: { createdAt: new Date(0) } });
  expect(await listUnswept()).toContain(requestId);
  expect((await sweepErasure(requestId, dataMap)).second).toBeDefined();
  expect(await listUnswept()).not.toContain(requestId);
  expect(await findRequest(admin, requestId)).toMatchObject({ state: "done", foundIn: [] });
});

test("where the key of what is looked for is gone the receipt says that nothing was searched", {
  timeout: PATIENCE_MS,
}, async () => {
  const owner = await makeKnownCustomer();
  const requestId = await ask(owner.id);
  await runErasure(requestId, dataMap);
  destroyOneOffKey(requestId);
  const { second } = await sweepErasure(requestId, dataMap);
  expect(second?.body.places).toEqual([]);
  expect(second?.body.notDone[0]).toContain("Nothing was searched");
});

test("an erasure that was never begun has no second stage", async () => {
  const owner = await makeKnownCustomer();
  const requestId = await ask(owner.id);
  await expect(sweepErasure(requestId, dataMap)).rejects.toMatchObject({ code: "request_state" });
  expect(await findRequest(admin, requestId)).toMatchObject({ state: "received" });
});
