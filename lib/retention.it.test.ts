import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, test, vi } from "vitest";
import { bringBack } from "@/scripts/restore/bring-back";
import { schemaEngine } from "@/scripts/setup/migrate.mjs";
import { closeAll } from "./auth/store-for-tests";
import { acceptMessage } from "./conversation";
import { dataMap } from "./data-map";
import { env } from "./env";
import { newId } from "./id";
import {
  appendAudit,
  keyOf,
  previewRetention,
  replayLedger,
  runRetention,
  verifyLedger,
  writeBackup,
} from "./privacy";
import { writeSnapshot } from "./privacy/key-snapshot";
import { ledgerFile } from "./privacy/ledger-file";
import { asked, emptyHouse, retain, run } from "./privacy/retention-for-tests";
import { db, findRedisKeysWith, findTablesWith, transact } from "./privacy/store-fixture";
import {
  addFact,
  breakRemovals,
  findThere,
  isGone,
  makeSettled,
  readActs,
  readFact,
  readRetentionTally,
  readTallies,
} from "./privacy/store-retention-fixture";

// The erasure ledger and every row that is due are shared by all: a database and files of its own.
const own = await vi.hoisted(async () =>
  (await import("@/scripts/setup/integration-own")).useOwnPlace("retention"),
);

beforeEach(emptyHouse);

afterAll(async () => {
  await closeAll();
  await own.remove();
});

describe("a conversation whose days are over", () => {
  test("is gone with everything that was derived from it, and no table, key or job knows more than its id", async () => {
    const { id, conversationId, turnId } = await makeSettled(91);
    const messages = await db().message.findMany({ where: { conversationId } });
    const tallies = await readTallies();
    expect(await findTablesWith([conversationId])).toContain("public.Message");
    expect(await retain()).toEqual({ conversations: 1, guests: 0, facts: 0 });
    const ids = [turnId, ...messages.map((message) => message.id)];
    expect(await findTablesWith(ids)).toEqual([]);
    expect(await findTablesWith([conversationId])).toEqual([
      "public.AuditOutbox",
      "public.GoneConversation",
    ]);
    expect(await findRedisKeysWith(conversationId)).toEqual([`rc:{${conversationId}}:gone`]);
    expect(asked.toClear).toEqual([conversationId]);
    expect(await db().customer.count({ where: { id } })).toBe(1);
    expect(await readTallies()).toEqual(tallies);
    expect(await readActs("conversation_deleted")).toMatchObject([
      { actor: "system", metadata: { conversationId, reason: "retention" } },
    ]);
    expect(await verifyLedger()).toMatchObject({ ok: true });
    expect(readFileSync(ledgerFile(), "utf8")).not.toContain(conversationId);
  });

  test("goes after the days of its customer's tier, and not a day before", async () => {
    const days = { guest: 30, trial: 30, standard: 90, premium: 365 } as const;
    const gone: string[] = [];
    const kept: string[] = [];
    for (const [tier, after] of Object.entries(days) as [keyof typeof days, number][]) {
      gone.push((await makeSettled(after + 1, tier)).conversationId);
      kept.push((await makeSettled(after - 1, tier)).conversationId);
    }
    expect((await previewRetention()).conversations).toEqual({
      guest: 1,
      trial: 1,
      standard: 1,
      premium: 1,
    });
    expect((await retain()).conversations).toBe(4);
    expect(await findThere([...gone, ...kept])).toEqual(kept.toSorted());
  });

  test("stays while it is open, waits, is with a person, is answered, or a confirmed effect is carried out", async () => {
    const alive = [];
    for (const data of [
      { status: "open" },
      { status: "waiting", owner: "NONE" },
      { status: "with_person", owner: "HUMAN" },
    ] as const) {
      const { conversationId } = await makeSettled(400);
      await db().conversation.update({ where: { id: conversationId }, data });
      alive.push(conversationId);
    }
    for (const state of ["pending", "running"] as const) {
      const { conversationId } = await makeSettled(400);
      await db().turn.updateMany({ where: { conversationId }, data: { state } });
      alive.push(conversationId);
    }
    for (const state of ["confirmed", "executing"] as const) {
      const { conversationId } = await makeSettled(400);
      await db().proposal.updateMany({ where: { conversationId }, data: { state } });
      alive.push(conversationId);
    }
    expect((await retain()).conversations).toBe(0);
    expect(await findThere(alive)).toEqual(alive.toSorted());
  });

  test("stays where somebody reopens it at this moment, for whom a run waits", async () => {
    const { conversationId } = await makeSettled(91);
    const running = await transact(async (tx) => {
      await db(tx).$executeRaw`
        UPDATE "Conversation" SET status = 'open' WHERE id = ${conversationId}::uuid`;
      // It still reads the conversation as it was, and waits at its row.
      return [retain()];
    });
    expect((await Promise.all(running)).map(({ conversations }) => conversations)).toEqual([0]);
    expect(await findThere([conversationId])).toEqual([conversationId]);
  });

  test("stays where its customer's data is restricted, and that is counted", async () => {
    const { id, conversationId } = await makeSettled(91);
    await db().customer.update({ where: { id }, data: { state: "restricted" } });
    expect(await previewRetention()).toMatchObject({ conversations: { standard: 0 }, kept: 1 });
    await retain();
    expect(await findThere([conversationId])).toEqual([conversationId]);
  });

  test("leaves what is remembered across conversations, without its source", async () => {
    const known = await makeSettled(91);
    const factId = await addFact(known, 91);
    await retain();
    expect(await readFact(factId)).toMatchObject({
      conversationId: null,
      messageId: "00000000-0000-0000-0000-000000000000",
    });
  });

  test("is closed for a page that was open all the while", async () => {
    const { id, conversationId } = await makeSettled(91);
    await retain();
    const caller = { kind: "customer", id, keyEpoch: 1, registered: true } as const;
    const rest = { memoryOn: true, restricted: false };
    const message = { id: newId(), conversationId, text: "Hello again" };
    const late = acceptMessage({ ...caller, ...rest }, message);
    await expect(late).rejects.toMatchObject({ code: "conversation_closed" });
    const other = { ...message, conversationId: newId() };
    await expect(acceptMessage({ ...caller, ...rest }, other)).resolves.toMatchObject({
      created: true,
    });
  });
});

describe("a run that is cut off", () => {
  test("before the ledger's line has removed nothing, and the next one goes on", async () => {
    const { conversationId } = await makeSettled(91);
    await retain();
    const { conversationId: next } = await makeSettled(91);
    const whole = readFileSync(ledgerFile(), "utf8");
    writeFileSync(ledgerFile(), "");
    await expect(retain()).rejects.toThrow(/ledger is broken/);
    expect(await findThere([conversationId, next])).toEqual([next]);
    expect(await isGone(next)).toBe(false);
    writeFileSync(ledgerFile(), whole);
    expect((await retain()).conversations).toBe(1);
  });

  test("between its line and its commit has removed nothing, and the next one does, once", async () => {
    const { conversationId } = await makeSettled(91);
    const tally = await readRetentionTally("conversations");
    const mend = await breakRemovals();
    await expect(retain()).rejects.toThrow("killed");
    await mend();
    expect(await findThere([conversationId])).toEqual([conversationId]);
    expect(await readRetentionTally("conversations")).toBe(tally);
    expect((await retain()).conversations).toBe(1);
    expect(await readRetentionTally("conversations")).toBe(tally + 1);
    expect(await verifyLedger()).toMatchObject({ ok: true });
    expect(await replayLedger(dataMap)).toMatchObject({ conversations: 0 });
  });

  test("before the job behind it was sent has removed nothing: both are one", async () => {
    const { conversationId } = await makeSettled(91);
    const killed = { ...run, clearLater: () => Promise.reject(new Error("killed")) };
    await expect(runRetention(killed)).rejects.toThrow("killed");
    expect(await findThere([conversationId])).toEqual([conversationId]);
    expect(await retain()).toEqual({ conversations: 1, guests: 0, facts: 0 });
    expect(asked.toClear).toEqual([conversationId]);
    await retain();
    expect(asked.toClear).toEqual([conversationId]);
  });

  test("and two runs at once remove each conversation once", async () => {
    const before = await readRetentionTally("conversations");
    for (let count = 0; count < 5; count += 1) {
      await makeSettled(91);
    }
    const runs = await Promise.all([retain(), retain()]);
    const removed = runs.reduce((sum, { conversations }) => sum + conversations, 0);
    expect(removed + (await retain()).conversations).toBe(5);
    expect(await readRetentionTally("conversations")).toBe(before + 5);
    expect(await verifyLedger()).toMatchObject({ ok: true });
  });
});

// The last one: it replaces the database.
test("a backup that is restored brings no conversation back that was removed since", async () => {
  const [gone, kept] = [await makeSettled(91), await makeSettled(10)];
  await appendAudit();
  const backup = await writeBackup({ folder: join(own.folder, "backups") });
  await retain();
  await writeSnapshot();
  const migrate = (...words: string[]) => schemaEngine(env.DATABASE_URL, "deploy", ...words);
  const said: string[] = [];
  await bringBack(backup.file, { migrate, say: (line) => said.push(line), scratch: true });
  expect(await findThere([gone.conversationId, kept.conversationId])).toEqual([
    kept.conversationId,
  ]);
  expect(await findTablesWith([gone.turnId])).toEqual([]);
  expect(await verifyLedger()).toMatchObject({ ok: true });
  expect((await keyOf(gone)).ownerId).toBe(gone.id);
}, 120_000);
