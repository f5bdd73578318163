import { access } from "node:fs/promises";
import { expect, test } from "vitest";
import { dataMap } from "@/lib/data-map";
import { newId } from "@/lib/id";
import {
  anonymizeUserId,
  appendAudit,
  findReceipt,
  findRequest,
  keyOf,
  listAudit,
  openExport,
  openRequest,
  previewErasure,
  publicKeyPem,
  redact,
  runErasure,
  runExport,
  verifyReceipt,
} from "./index";
import { exportPath } from "./store-export";
import { db, makeKnownCustomer, withRedis } from "./store-fixture";

const admin = { kind: "staff", id: newId(), role: "admin" } as const;

async function ask(customerId: string, kind: "erasure" | "export" = "erasure"): Promise<string> {
  const opened = { openedBy: "customer", openedById: customerId } as const;
  return (await openRequest({ kind, customerId, ...opened, reason: "no_longer_needed" })).id;
}

test("a preview counts what would go and names what would stay, with basis and end", async () => {
  const owner = await makeKnownCustomer();
  const preview = await previewErasure(owner.id, dataMap);
  const found = Object.fromEntries(preview.stores.map(({ name, found }) => [name, found]));
  expect(found).toMatchObject({
    Message: 2,
    Vault: 2,
    Conversation: 1,
    ShopOrder: 1,
    WrappedKey: 1,
  });
  expect(found["Conversation memory and events"]).toBe(5);
  expect(preview.stays).toEqual([
    expect.objectContaining({ store: "ShopOrder", until: "2036-12-31" }),
  ]);
  expect(preview.stays[0]?.item).toContain(owner.orderNumber);
});

test("an erased customer is found in no store, and the receipt proves what was done", async () => {
  const owner = await makeKnownCustomer();
  const exportRequest = await ask(owner.id, "export");
  await runExport(exportRequest, dataMap);
  const file = await db().exportFile.findFirstOrThrow({ where: { customerId: owner.id } });
  const requestId = await ask(owner.id);
  const { status, user, receipt } = await runErasure(requestId, dataMap);
  expect([status, user]).toEqual(["deleted", anonymizeUserId(owner.id)]);

  for (const { found } of (await previewErasure(owner.id, dataMap)).stores) {
    expect(found).toBe(0);
  }
  expect(await db().customer.count({ where: { id: owner.id } })).toBe(0);
  expect(await db().conversation.count({ where: { id: owner.conversationId } })).toBe(0);
  const keys = await withRedis((redis) => redis.keys(`*${owner.conversationId}*`));
  expect(keys).toEqual([`rc:{${owner.conversationId}}:gone`]);
  await expect(access(exportPath(file.id))).rejects.toMatchObject({ code: "ENOENT" });
  await expect(openExport(exportRequest, admin)).rejects.toMatchObject({ code: "not_found" });

  expect(verifyReceipt(receipt)).toBe(true);
  expect(verifyReceipt(receipt, publicKeyPem())).toBe(true);
  expect(await findReceipt(requestId)).toEqual(receipt);
  expect(receipt.body.stores.find(({ name }) => name === "Message")).toMatchObject({
    found: 2,
    left: 0,
  });
  expect(JSON.stringify(receipt)).not.toMatch(
    new RegExp(`${owner.id}|${owner.conversationId}|mia`, "i"),
  );
  expect(await findRequest(admin, requestId)).toMatchObject({ state: "running", customerId: null });
  const left = await db().dataRequest.findUniqueOrThrow({ where: { id: requestId } });
  expect(JSON.stringify(left)).not.toMatch(new RegExp(`${owner.id}|${owner.conversationId}`));
});

test("order records stay without the person, by the basis that the receipt names", async () => {
  const owner = await makeKnownCustomer();
  const { receipt } = await runErasure(await ask(owner.id), dataMap);
  const order = await db().shopOrder.findUniqueOrThrow({
    where: { number: owner.orderNumber },
    include: { items: true, shipments: true },
  });
  expect(order).toMatchObject({
    customerId: null,
    recipientSealed: null,
    addressSealed: null,
    totalCents: 12_900,
    shipments: [],
  });
  expect(order.items).toHaveLength(1);
  expect(receipt.body.stays[0]?.item).toContain(owner.orderNumber);
  expect(receipt.body.stays[0]?.basis).toContain("legal duty");
});

test("a changed receipt does not verify", async () => {
  const owner = await makeKnownCustomer();
  const { receipt } = await runErasure(await ask(owner.id), dataMap);
  const changed = structuredClone(receipt);
  changed.body.reason = "other";
  expect(verifyReceipt(changed)).toBe(false);
  expect(verifyReceipt({ ...receipt, signature: `A${receipt.signature.slice(1)}` })).toBe(false);
});

test("an erasure is in the audit log by pseudonym, with its reason", async () => {
  const owner = await makeKnownCustomer();
  const requestId = await ask(owner.id);
  await runErasure(requestId, dataMap);
  await appendAudit();
  const { entries } = await listAudit({
    action: "user_data_deleted",
    anonymizedUser: anonymizeUserId(owner.id),
  });
  expect(entries).toHaveLength(1);
  expect(entries[0]?.metadata).toMatchObject({ requestId, reason: "no_longer_needed" });
});

test("reading is closed before anything is removed, and nothing new is kept", async () => {
  const owner = await makeKnownCustomer();
  const key = await keyOf(owner);
  const seen: { state: string; turn: string }[] = [];
  const watching = dataMap.map((entry, at) => ({
    ...entry,
    erase: async (...given: Parameters<typeof entry.erase>) => {
      if (at === 0) {
        const { state, keyEpoch } = await db().customer.findUniqueOrThrow({
          where: { id: owner.id },
        });
        const turn = await db().turn.findUniqueOrThrow({ where: { id: owner.turnId } });
        seen.push({ state, turn: turn.state });
        await expect(keyOf({ id: owner.id, keyEpoch })).rejects.toMatchObject({
          code: "key_missing",
        });
        await expect(redact(key, "new@example.com")).rejects.toMatchObject({ code: "not_found" });
      }
      return await entry.erase(...given);
    },
  }));
  await runErasure(await ask(owner.id), watching);
  expect(seen).toEqual([{ state: "erasing", turn: "cancelled" }]);
});

test("an erasure that was killed at any store goes on and ends with one receipt", async () => {
  const owner = await makeKnownCustomer();
  const requestId = await ask(owner.id);
  for (const at of [0, 4, 9, dataMap.length - 1]) {
    const killed = dataMap.map((entry, index) =>
      index === at ? { ...entry, erase: () => Promise.reject(new Error("killed")) } : entry,
    );
    await expect(runErasure(requestId, killed)).rejects.toThrow("killed");
    expect(await findRequest(admin, requestId)).toMatchObject({
      state: "failed",
      failure: "unexpected",
    });
  }
  const first = await runErasure(requestId, dataMap);
  expect(first.receipt.body.stores.find(({ name }) => name === "Message")?.found).toBe(2);
  expect(await runErasure(requestId, dataMap)).toEqual(first);
  expect(await db().receipt.count({ where: { requestId } })).toBe(1);
});

test("two workers at once end with one receipt", async () => {
  const owner = await makeKnownCustomer();
  const requestId = await ask(owner.id);
  const both = await Promise.all([runErasure(requestId, dataMap), runErasure(requestId, dataMap)]);
  expect(both[0]).toEqual(both[1]);
  expect(await db().receipt.count({ where: { requestId } })).toBe(1);
});

test("what is left after clearing fails the request and is named, and no receipt is signed", async () => {
  const owner = await makeKnownCustomer();
  const requestId = await ask(owner.id);
  const leaking = dataMap.map((entry) =>
    entry.name === "Exports" ? { ...entry, count: () => Promise.resolve(1) } : entry,
  );
  await expect(runErasure(requestId, leaking)).rejects.toThrow("Exports 1");
  expect(await findRequest(admin, requestId)).toMatchObject({
    state: "failed",
    failure: "left_over",
  });
  expect(await findReceipt(requestId)).toBeNull();
});

test("another customer's data is untouched by an erasure", async () => {
  const [owner, other] = [await makeKnownCustomer(), await makeKnownCustomer()];
  const before = await previewErasure(other.id, dataMap);
  await runErasure(await ask(owner.id), dataMap);
  expect(await previewErasure(other.id, dataMap)).toEqual(before);
  expect((await keyOf(other)).ownerId).toBe(other.id);
});

test("while Redis is gone a preview says so, and an erasure waits instead of leaving something behind", async () => {
  const owner = await makeKnownCustomer();
  const gone = () => Promise.reject(Object.assign(new Error("no answer"), { name: "RedisGone" }));
  const without = dataMap.map((entry) =>
    entry.kind === "redis" && entry.collect === undefined ? { ...entry, count: gone } : entry,
  );
  const { stores } = await previewErasure(owner.id, without);
  expect(stores.find(({ kind }) => kind === "redis")?.what).toContain("does not answer");
  expect(stores.find(({ name }) => name === "Message")?.found).toBe(2);
  const requestId = await ask(owner.id);
  await expect(runErasure(requestId, without)).rejects.toThrow("no answer");
  expect(await findRequest(admin, requestId)).toMatchObject({
    state: "failed",
    failure: "redis_gone",
  });
  expect((await runErasure(requestId, dataMap)).status).toBe("deleted");
});
