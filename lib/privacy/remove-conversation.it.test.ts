import { existsSync, readFileSync } from "node:fs";
import { afterAll, expect, test, vi } from "vitest";
import { acceptMessage } from "@/lib/conversation";
import { dataMap } from "@/lib/data-map";
import { newId } from "@/lib/id";
import {
  openExport,
  openRequest,
  previewRemoval,
  removeConversation,
  replayLedger,
  runExport,
  verifyLedger,
} from "./index";
import { keyOf } from "./keys";
import { conversationOf } from "./ledger";
import { ledgerEnd, ledgerFile } from "./ledger-file";
import { seal } from "./seal";
import { exportPath } from "./store-export";
import {
  closePostgres,
  db,
  findRedisKeysWith,
  findTablesWith,
  makeCustomer,
  makeKnownCustomer,
  transact,
} from "./store-fixture";
import { findReplayed, noteReplayed } from "./store-ledger";

// A machine that is busy with much else takes its time.
vi.setConfig({ testTimeout: 60_000 });

const own = await vi.hoisted(async () =>
  (await import("@/scripts/setup/integration-own")).useOwnPlace("remove"),
);

afterAll(async () => {
  await closePostgres();
  await own.remove();
});

const asked = { reason: "customer_asked", actor: "customer" } as const;

async function addFact(owner: { id: string; keyEpoch: number }, conversationId: string | null) {
  const key = await keyOf(owner);
  const id = newId();
  const bodySealed = seal(key, { table: "Fact", row: id, column: "body_sealed" }, "likes tents");
  const source = { conversationId, messageId: conversationId && newId() };
  const row = { id, customerId: owner.id, factIndex: "y", confidence: 1, bodySealed, ...source };
  await db().fact.create({ data: row });
  return id;
}

test("a deleted conversation is in no table but the list of deleted ids and the audit log, and in no key but the mark", async () => {
  const owner = await makeKnownCustomer();
  const { conversationId } = owner;
  const told = await addFact(owner, conversationId);
  const elsewhere = await addFact(owner, null);
  expect(await previewRemoval(conversationId, owner.id)).toEqual({
    messages: 2,
    remembered: 2,
    summaries: 1,
    facts: 1,
    ratings: 1,
    handOffs: 1,
    proposals: 1,
    exports: 0,
  });
  const removed = await removeConversation({ conversationId, customerId: owner.id, ...asked });
  expect(removed).toEqual({ conversationId, customerId: owner.id });
  expect(await findTablesWith([conversationId])).toEqual([
    "public.AuditOutbox",
    "public.GoneConversation",
  ]);
  expect(await findRedisKeysWith(conversationId)).toEqual([`rc:{${conversationId}}:gone`]);
  const facts = await db().fact.findMany({ where: { customerId: owner.id }, select: { id: true } });
  const ids = facts.map(({ id }) => id);
  expect(ids).not.toContain(told);
  expect(ids).toContain(elsewhere);
  expect(await db().customer.count({ where: { id: owner.id } })).toBe(1);
});

test("a copy of the customer's data that was made before goes with it, key, file and row", async () => {
  const owner = await makeKnownCustomer();
  const { id: customerId, conversationId } = owner;
  const opened = { openedBy: "customer", openedById: customerId, reason: "asked_online" } as const;
  const { id: requestId } = await openRequest({ kind: "export", customerId, ...opened });
  await runExport(requestId, dataMap);
  const { id } = await db().exportFile.findFirstOrThrow({ where: { requestId } });
  expect(await previewRemoval(conversationId)).toMatchObject({ exports: 1 });
  await removeConversation({ conversationId, customerId, ...asked });
  expect(existsSync(exportPath(id))).toBe(false);
  expect(await db().exportFile.count({ where: { id } })).toBe(0);
  expect(await db().wrappedKey.count({ where: { ownerId: id } })).toBe(0);
  const owned = { kind: "customer", id: customerId } as const;
  await expect(openExport(requestId, owned)).rejects.toMatchObject({ code: "not_found" });
});

test("another customer cannot delete it, and its owner still can", async () => {
  const [owner, other] = [await makeKnownCustomer(), await makeCustomer()];
  const { conversationId } = owner;
  const { line } = ledgerEnd();
  expect(await previewRemoval(conversationId, other.id)).toBeNull();
  expect(await removeConversation({ conversationId, customerId: other.id, ...asked })).toBeNull();
  expect(await db().message.count({ where: { conversationId } })).toBe(2);
  expect(ledgerEnd().line).toBe(line);
  expect(
    await removeConversation({ conversationId, customerId: owner.id, ...asked }),
  ).not.toBeNull();
});

test("a conversation of which the asker says no under its lock stays whole", async () => {
  const { conversationId } = await makeKnownCustomer();
  const { line } = ledgerEnd();
  const onlyIf = vi.fn(() => false);
  const retention = { reason: "retention", actor: "system" } as const;
  expect(await removeConversation({ conversationId, ...retention, onlyIf })).toBeNull();
  expect(onlyIf.mock.calls[0]).toMatchObject([{ conversationId, status: "open", owner: "AI" }, {}]);
  expect(await db().message.count({ where: { conversationId } })).toBe(2);
  expect(ledgerEnd().line).toBe(line);
});

test("the ledger names it by a keyed hash, and an older copy of the database does not bring it back", async () => {
  const owner = await makeKnownCustomer();
  const { conversationId } = owner;
  const mark = await findReplayed();
  await removeConversation({ conversationId, customerId: owner.id, ...asked });
  const text = readFileSync(ledgerFile(), "utf8");
  expect(text).not.toContain(conversationId);
  expect(text).not.toContain(owner.id);
  expect(text).toContain(conversationOf(conversationId));
  expect(await verifyLedger()).toMatchObject({ ok: true });
  const kept = newId();
  await transact(async (tx) => {
    await db(tx).conversation.create({ data: { id: conversationId, customerId: owner.id } });
    await db(tx).conversation.create({ data: { id: kept, customerId: owner.id } });
    await db(tx).goneConversation.deleteMany({ where: { id: conversationId } });
    await noteReplayed(mark, tx);
  });
  const again = await replayLedger(dataMap);
  expect(again).toEqual({ lines: 1, erased: 0, conversations: 1 });
  expect(await db().conversation.findMany({ where: { customerId: owner.id } })).toMatchObject([
    { id: kept },
  ]);
  expect(await db().goneConversation.count({ where: { id: conversationId } })).toBe(1);
  expect(await replayLedger(dataMap)).toEqual({ lines: 0, erased: 0, conversations: 0 });
});

test("a removal that dies between the ledger's line and the commit is ended by the next replay", async () => {
  const owner = await makeKnownCustomer();
  const { conversationId } = owner;
  await db().$executeRaw`
    CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''killed''; END'`;
  await db().$executeRaw`
    CREATE CONSTRAINT TRIGGER die AFTER INSERT ON "GoneConversation" DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION die()`;
  await expect(removeConversation({ conversationId, ...asked })).rejects.toThrow("killed");
  await db().$executeRaw`DROP FUNCTION die() CASCADE`;
  expect(existsSync(ledgerFile())).toBe(true);
  expect(await db().message.count({ where: { conversationId } })).toBe(2);
  expect(await replayLedger(dataMap)).toMatchObject({ lines: 1, conversations: 1 });
  expect(await db().message.count({ where: { conversationId } })).toBe(0);
});

test("a tab that still shows a deleted conversation cannot write to it", async () => {
  const owner = await makeKnownCustomer();
  const { conversationId } = owner;
  await removeConversation({ conversationId, customerId: owner.id, ...asked });
  const caller = {
    kind: "customer",
    id: owner.id,
    registered: false,
    restricted: false,
    memoryOn: true,
    keyEpoch: 1,
  } as const;
  await expect(
    acceptMessage(caller, { id: newId(), conversationId, text: "Are you there?" }),
  ).rejects.toMatchObject({ code: "conversation_closed" });
  expect(await db().conversation.count({ where: { id: conversationId } })).toBe(0);
});
