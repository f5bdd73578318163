import { execFile } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, expect, test } from "vitest";
import { readRecord as asMemory } from "@/lib/agent";
import { newId } from "@/lib/id";
import {
  FileSide,
  type MoveResult,
  type MoveSide,
  PostgresSide,
  RedisSide,
  takeOverLegacyHistory,
} from "@/lib/memory";
import { keyOf } from "@/lib/privacy";
import { conversationOf, migrateHistories } from "@/scripts/migrate/histories";
import { begin } from "./conversation/for-tests";
import {
  closeAll,
  keepLegacy,
  keepLegacyFor,
  newCustomer,
  readRecord,
} from "./conversation/store-for-tests";

afterAll(closeAll);

const lines: [string, string][] = [
  ["system", "You are helpful."],
  ["human", "I am ada@example.org, where is order 12345?"],
  ["ai", "It is on its way."],
];
const stored = [
  [1, "customer", "I am [EMAIL_1], where is order 12345?"],
  [2, "assistant", "It is on its way."],
];

const take = (pattern: string, customerId?: string, dropSource = false, to: MoveSide = record()) =>
  migrateHistories(
    { url: undefined, to, dropSource },
    {
      name: newId(),
      selection: { pattern, customerId },
      progress: () => undefined,
      signal: new AbortController().signal,
    },
  );
const record = () => new PostgresSide(asMemory);
const said = async (ada: Awaited<ReturnType<typeof newCustomer>>, conversation: string) =>
  (await readRecord(ada, conversation)).map(({ seq, role, text }) => [seq, role, text]);

test("LangChain's lists become conversations of their customer, redacted, and are removed only when that is asked for", async () => {
  const ada = await newCustomer();
  const session = `chat:${newId()}`;
  await keepLegacy(session, lines);
  const conversation = conversationOf(session);
  expect(await take(`${session}*`, ada.id)).toMatchObject({ total: 1, migrated: 1, failures: [] });
  expect(await said(ada, conversation)).toEqual(stored);
  expect(await takeOverLegacyHistory(session)).toHaveLength(2);
  // Again: it is there already, and compared, before the clear text goes.
  expect(await take(`${session}*`, ada.id, true)).toMatchObject({ migrated: 1, failures: [] });
  expect(await said(ada, conversation)).toEqual(stored);
  expect(await takeOverLegacyHistory(session)).toEqual([]);
  const carried = await record().read(conversation, await keyOf(ada));
  expect(carried?.state.metadata).toEqual({ importedFrom: "langchain" });
});

test("what is left of a list's time to live goes with it to Redis", async () => {
  const ada = await newCustomer();
  const session = newId();
  await keepLegacyFor(session, lines, 500);
  expect(await take(session, ada.id, false, new RedisSide())).toMatchObject({ migrated: 1 });
  const copy = await new RedisSide().read(session, await keyOf(ada));
  expect(copy?.state.tail.map(({ text }) => text)).toEqual(stored.map(([, , text]) => text));
  expect(copy?.remainingMs).toBeLessThanOrEqual(500_000);
  expect(copy?.remainingMs).toBeGreaterThan(400_000);
});

test("lists of nobody, of somebody else, with other messages, or that cannot be read, are told and stay", async () => {
  const ada = await newCustomer();
  const { conversation: foreign } = await begin("mine");
  const own = await begin("something else");
  const ours = newId();
  const broken = newId();
  const names = [foreign, own.conversation, ours, broken];
  for (const name of names) {
    await keepLegacy(name, lines);
  }
  await keepLegacy(broken, [["human", "whole"]]);
  await keepLegacyFor(broken, [["", ""]], 500);
  const failures: MoveResult["failures"] = [];
  for (const [name, customerId] of [
    [foreign, ada.id],
    [own.conversation, own.ada.id],
    [ours, undefined],
    [broken, ada.id],
  ] as const) {
    failures.push(...(await take(name, customerId, true)).failures);
    expect((await takeOverLegacyHistory(name)).length).toBeGreaterThan(0);
  }
  expect(failures).toEqual([
    { key: foreign, reason: "the conversation is another customer's" },
    { key: own.conversation, reason: "the conversation has other messages already" },
    { key: ours, reason: "nobody owns it here: say whose it is by --customer" },
    { key: broken, reason: "1 of its messages cannot be read" },
  ]);
});

const run = promisify(execFile);

async function command(...words: string[]) {
  const args = ["--conditions=react-server", "--import=tsx", "scripts/memory-migrate.ts", ...words];
  try {
    return { code: 0, ...(await run(process.execPath, args)) };
  } catch (error) {
    return error as { code: number; stdout: string; stderr: string };
  }
}

test("the command moves one customer's memories, and ends with its counts", async () => {
  const { ada, conversation } = await begin("Where is order 12345?");
  const folder = path.join(mkdtempSync(path.join(tmpdir(), "moved-")), "memories");
  const words = ["--from", "postgres", "--to", `file:${folder}`, "--customer", ada.id];
  const moved = await command(...words);
  expect(moved.stderr).toContain("100 % 1/1");
  expect(moved).toMatchObject({ code: 0, stdout: '{"total":1,"migrated":1,"failed":0}\n' });
  const copy = await new FileSide(folder).read(conversation, await keyOf(ada));
  expect(copy?.state.tail.map(({ text }) => text)).toEqual(["Where is order 12345?"]);
}, 120_000);

test("the command names what failed, with the reason, and exits 1", async () => {
  const nobodys = newId();
  await keepLegacy(nobodys, lines);
  const words = ["--from", "langchain", "--to", "postgres", "--pattern", nobodys, "--json"];
  const failed = await command(...words);
  const failures = [{ key: nobodys, reason: "nobody owns it here: say whose it is by --customer" }];
  expect(failed.code).toBe(1);
  expect(JSON.parse(failed.stdout)).toEqual({ total: 1, migrated: 0, failed: 1, failures });
  expect(failed.stderr).toContain(`${nobodys}: nobody owns it here`);
}, 120_000);
