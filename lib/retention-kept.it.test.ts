import { afterAll, beforeEach, describe, expect, test, vi } from "vitest";
import { closeAll } from "./auth/store-for-tests";
import { newLead } from "./conversation/store-for-tests";
import { dataMap } from "./data-map";
import { newId } from "./id";
import {
  findReceipt,
  listRequests,
  previewRetention,
  releaseHold,
  replayLedger,
  retentionCalendar,
  runErasure,
  setHold,
} from "./privacy";
import { ledgerEnd } from "./privacy/ledger-file";
import { asked, emptyHouse, retain } from "./privacy/retention-for-tests";
import { db, findRedisKeysWith } from "./privacy/store-fixture";
import { findReplayed, noteReplayed } from "./privacy/store-ledger";
import {
  addFact,
  findThere,
  makeSettled,
  readActs,
  readFact,
} from "./privacy/store-retention-fixture";
import { changeSetting } from "./setting";
import { usualRetention } from "./setting/schema";

// The erasure ledger and every row that is due are shared by all: a database and files of its own.
const own = await vi.hoisted(async () =>
  (await import("@/scripts/setup/integration-own")).useOwnPlace("retention_kept"),
);

beforeEach(emptyHouse);

afterAll(async () => {
  await closeAll();
  await own.remove();
});

describe("a legal hold", () => {
  test("keeps one conversation, or everything of a customer, until it is released", async () => {
    const admin = await newLead("Ida", "admin");
    const [one, all, free] = [await makeSettled(91), await makeSettled(91), await makeSettled(91)];
    const hold = await setHold(admin, {
      reason: "legal_claim",
      conversationId: one.conversationId,
    });
    await setHold(admin, { reason: "authority_request", customerId: all.id });
    expect(await previewRetention()).toMatchObject({ conversations: { standard: 1 }, kept: 2 });
    await retain();
    const three = [one, all, free].map(({ conversationId }) => conversationId);
    expect(await findThere(three)).toEqual([one.conversationId, all.conversationId].sort());
    await releaseHold(admin, { holdId: hold, reason: "settled" });
    await retain();
    expect(await findThere(three)).toEqual([all.conversationId]);
    expect(await readActs("hold_set")).toMatchObject([
      { actor: admin.id, metadata: { reason: "legal_claim" } },
      { actor: admin.id, metadata: { reason: "authority_request" } },
    ]);
    expect(await readActs("hold_released")).toMatchObject([
      { actor: admin.id, metadata: { reason: "settled" } },
    ]);
  });

  test("is refused for what is not there or is held already, and cannot be released twice", async () => {
    const admin = await newLead("Ida", "admin");
    const { conversationId } = await makeSettled(1);
    const reason = "complaint";
    const nowhere = setHold(admin, { reason, conversationId: newId() });
    await expect(nowhere).rejects.toMatchObject({ code: "not_found" });
    const holdId = await setHold(admin, { reason, conversationId });
    const again = setHold(admin, { reason, conversationId });
    await expect(again).rejects.toMatchObject({ code: "hold_stands" });
    await releaseHold(admin, { holdId, reason: "settled" });
    const twice = releaseHold(admin, { holdId, reason: "settled" });
    await expect(twice).rejects.toMatchObject({ code: "not_found" });
  });

  test("keeps a guest's record and facts as well", async () => {
    const admin = await newLead("Ida", "admin");
    const known = await makeSettled(40, "guest");
    await setHold(admin, { reason: "fraud_check", customerId: known.id });
    expect(await retain()).toEqual({ conversations: 0, guests: 0, facts: 0 });
  });
});

describe("a guest of whom nothing else is left", () => {
  test("is erased by a request of their own, with a receipt", async () => {
    const known = await makeSettled(31, "guest");
    expect(await retain()).toEqual({ conversations: 1, guests: 1, facts: 0 });
    const [requestId = ""] = asked.sent;
    expect(asked.sent).toHaveLength(1);
    // A request that is open already is not opened twice.
    expect((await retain()).guests).toBe(0);
    await runErasure(requestId, dataMap);
    expect(await db().customer.count({ where: { id: known.id } })).toBe(0);
    expect((await findReceipt(requestId))?.body.reason).toBe("retention_ended");
    const everyone = { kind: "staff", id: "", role: "admin" } as const;
    expect((await listRequests(everyone)).requests).toMatchObject([
      { state: "done", reason: "retention_ended", customerId: null },
    ]);
  });

  test("is no guest who was here within their days, and no registered customer", async () => {
    const young = await makeSettled(31, "guest");
    await db().consent.updateMany({
      where: { customerId: young.id },
      data: { createdAt: new Date() },
    });
    const registered = await makeSettled(400, "premium");
    expect(await retain()).toEqual({ conversations: 2, guests: 0, facts: 0 });
    const ids = [young.id, registered.id];
    expect(await db().customer.count({ where: { id: { in: ids } } })).toBe(2);
  });
});

describe("the ledger", () => {
  test("removes again what an old copy of the database has brought back, and clears Redis of it", async () => {
    const known = await makeSettled(91);
    const { conversationId } = known;
    const mark = await findReplayed();
    const row = await db().conversation.findUniqueOrThrow({ where: { id: conversationId } });
    await retain();
    // As the old copy knows it: the conversation, and nothing of its removal.
    await db().goneConversation.deleteMany({ where: { id: conversationId } });
    await db().conversation.create({ data: row });
    await noteReplayed(mark);
    const lines = ledgerEnd();
    expect(await replayLedger(dataMap)).toEqual({ lines: 1, erased: 0, conversations: 1 });
    expect(await findThere([conversationId])).toEqual([]);
    expect(ledgerEnd()).toEqual(lines);
    expect(await replayLedger(dataMap)).toEqual({ lines: 0, erased: 0, conversations: 0 });
    expect(await findRedisKeysWith(conversationId)).toEqual([`rc:{${conversationId}}:gone`]);
  });

  test("leaves a conversation that lived on because its removal was cut off", async () => {
    const admin = await newLead("Ida", "admin");
    const [written, held] = [await makeSettled(91), await makeSettled(91)];
    const mark = await findReplayed();
    const rows = await db().conversation.findMany({
      where: { id: { in: [written.conversationId, held.conversationId] } },
    });
    await retain();
    await db().goneConversation.deleteMany({});
    await db().conversation.createMany({ data: rows });
    await noteReplayed(mark);
    await db().conversation.update({
      where: { id: written.conversationId },
      data: { lastMessageAt: new Date() },
    });
    await setHold(admin, { reason: "legal_claim", conversationId: held.conversationId });
    expect(await replayLedger(dataMap)).toMatchObject({ conversations: 0 });
    expect(await findThere([written.conversationId, held.conversationId])).toHaveLength(2);
  });
});

describe("facts across conversations", () => {
  const withFacts = (days: number | null) => {
    const facts = { ...usualRetention.facts, standard: days };
    const value = { rules: { ...usualRetention, facts }, pending: null };
    return changeSetting("retention", value, newId(), async () => undefined);
  };

  test("stay until they are forgotten where no days are set, and go after them where some are, unless they are held", async () => {
    const admin = await newLead("Ida", "admin");
    const [old, young, held] = [
      await makeSettled(80),
      await makeSettled(80),
      await makeSettled(80),
    ];
    const ids = [await addFact(old, 61), await addFact(young, 59), await addFact(held, 61)];
    await setHold(admin, { reason: "complaint", conversationId: held.conversationId });
    expect((await retain()).facts).toBe(0);
    await withFacts(60);
    try {
      expect((await previewRetention()).facts.standard).toBe(1);
      expect((await retain()).facts).toBe(1);
      const left = await Promise.all(ids.map(readFact));
      expect(left.map((fact) => fact !== null)).toEqual([false, true, true]);
    } finally {
      await withFacts(null);
    }
  });
});

test("the calendar tells on which day how much falls due, as the rules are", async () => {
  await makeSettled(85);
  await makeSettled(85);
  await makeSettled(28, "guest");
  await makeSettled(20);
  const coming = await retentionCalendar(10);
  expect(coming.map(({ conversations }) => conversations)).toEqual([1, 2]);
  const inDays = (count: number) =>
    new Date(Date.now() + count * 86_400_000).toISOString().slice(0, 10);
  expect(coming.map(({ day }) => day)).toEqual([inDays(2), inDays(5)]);
});
