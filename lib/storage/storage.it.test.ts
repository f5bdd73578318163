import { afterAll, expect, test, vi } from "vitest";
import { newId } from "@/lib/id";
import {
  closeNotify,
  closePostgres,
  db,
  evalScript,
  isUniqueViolation,
  listen,
  notify,
  onNotify,
  script,
  tally,
  transact,
  withRedis,
} from "./index";
import type { Tx } from "./schema";

afterAll(async () => {
  await closeNotify();
  await closePostgres();
});

const measure = () => `test:${newId()}`;

async function countOf(name: string): Promise<number> {
  const rows = await db().tally.findMany({ where: { measure: name } });
  return rows.reduce((sum, row) => sum + Number(row.count), 0);
}

test("a transaction that throws leaves nothing behind", async () => {
  const name = measure();
  await expect(
    transact(async (tx) => {
      await tally(tx, name);
      throw new Error("half-way");
    }),
  ).rejects.toThrow("half-way");
  expect(await countOf(name)).toBe(0);
});

test("thirty tallies at once count thirty", async () => {
  const name = measure();
  await Promise.all(Array.from({ length: 30 }, () => transact((tx) => tally(tx, name))));
  expect(await countOf(name)).toBe(30);
});

test("two transactions that count the same do not wait for each other", async () => {
  const name = measure();
  await transact(async (tx) => {
    await tally(tx, name);
    await transact((other) => tally(other, name));
  });
  expect(await countOf(name)).toBe(2);
});

test("two writers that deadlock both get through, because the loser is run again", async () => {
  const [first, second] = [measure(), measure()];
  await transact(async (tx) => {
    await tally(tx, first);
    await tally(tx, second);
  });
  const pause = () => new Promise((resolve) => setTimeout(resolve, 150));
  const addOne = (tx: Tx, name: string) =>
    db(tx).tally.updateMany({ where: { measure: name }, data: { count: { increment: 1 } } });
  const inOrder = (one: string, two: string) =>
    transact(async (tx) => {
      await addOne(tx, one);
      await pause();
      await addOne(tx, two);
    });
  await Promise.all([inOrder(first, second), inOrder(second, first)]);
  expect([await countOf(first), await countOf(second)]).toEqual([3, 3]);
});

test("a doubled row is told apart from every other failure", async () => {
  const key = measure();
  const insert = () => db().setting.create({ data: { key, value: 1 } });
  await insert();
  const again = await insert().catch((error: unknown) => error);
  expect(isUniqueViolation(again)).toBe(true);
  expect(isUniqueViolation(new Error("another"))).toBe(false);
});

test("an undefined in a where clause is refused, not dropped", async () => {
  const lost = { key: undefined as unknown as string };
  await expect(db().setting.deleteMany({ where: lost })).rejects.toThrow(/undefined/);
});

test("a script runs by its hash, also after Redis forgot it", async () => {
  const echo = script("return {KEYS[1], ARGV[1]}");
  const run = () => evalScript(echo, ["rc:test"], [7]);
  expect(String(await run())).toBe("rc:test,7");
  await withRedis((redis) => redis.script("FLUSH"));
  expect(String(await run())).toBe("rc:test,7");
});

test("a listener hears its channel until it leaves", async () => {
  const heard: string[] = [];
  const channel = measure();
  const leave = listen(channel, (message) => heard.push(message.toString()));
  await vi.waitFor(async () => {
    expect(await withRedis((redis) => redis.publish(channel, "ding"))).toBe(1);
  });
  await vi.waitFor(() => expect(heard).toEqual(["ding"]));
  leave();
  await vi.waitFor(async () => {
    expect(await withRedis((redis) => redis.publish(channel, "dong"))).toBe(0);
  });
  expect(heard).toEqual(["ding"]);
});

test("a notice reaches listeners when its transaction commits, and never when it does not", async () => {
  const heard: string[] = [];
  onNotify("test_notice", (payload) => heard.push(payload));
  const mine = newId();
  await vi.waitFor(async () => {
    await notify("test_notice", `probe:${mine}`);
    expect(heard).toContain(`probe:${mine}`);
  });
  await transact(async (tx) => {
    await notify("test_notice", `lost:${mine}`, tx);
    throw new Error("rolled back");
  }).catch(() => "expected");
  await transact((tx) => notify("test_notice", `kept:${mine}`, tx));
  await vi.waitFor(() => expect(heard).toContain(`kept:${mine}`));
  expect(heard).not.toContain(`lost:${mine}`);
});
