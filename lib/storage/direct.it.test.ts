import { afterAll, expect, test } from "vitest";
import { newId } from "@/lib/id";
import { closePostgres, db, Prisma, tally, transact } from "./index";

afterAll(closePostgres);

const SOME = `SELECT 7::int AS whole, 9007199254740993::bigint AS long, 1.5::numeric AS exact, 0.25::float8 AS part,
  true AS yes, NULL::text AS nothing, 'open'::text AS word, '\\x00ff10'::bytea AS bytes, '{"a": [1]}'::jsonb AS tree,
  '2026-11-23T08:00:00.123+02'::timestamptz AS moment, '2026-11-23 08:00:00.123'::timestamp AS local,
  '2026-11-23'::date AS day, ARRAY['a', 'b']::text[] AS words, 'customer'::"MessageRole" AS role`;

test("SQL of ours reads every kind of value as Prisma reads it", async () => {
  const ours = await db().$queryRaw(Prisma.raw(SOME));
  const prismas = await db().$queryRawUnsafe(SOME);
  expect(ours).toEqual(prismas);
});

test("values that are given come back as they were", async () => {
  const given = {
    at: new Date(),
    bytes: Uint8Array.of(0, 255, 16),
    words: ["a", 'b"', "{}"],
    id: newId(),
  };
  const [back] = await db().$queryRaw<(typeof given)[]>`
    SELECT ${given.at}::timestamptz AS at, ${given.bytes}::bytea AS bytes, ${given.words}::text[] AS words,
      ${given.id}::uuid::text AS id`;
  expect(back).toEqual(given);
});

test("what both ways write in one transaction is seen by both, and gone with it", async () => {
  const name = `test:${newId()}`;
  const writes = transact(async (tx) => {
    await tally(tx, name);
    const seen = await db(tx).tally.findMany({ where: { measure: name } });
    await db(tx).tally.updateMany({ where: { measure: name }, data: { count: 5 } });
    const [row] = await db(tx).$queryRaw<{ count: bigint }[]>`
      SELECT count FROM "Tally" WHERE measure = ${name}`;
    expect([seen.length, row?.count]).toEqual([1, 5n]);
    throw new Error("half-way");
  });
  await expect(writes).rejects.toThrow("half-way");
  expect(await db().tally.count({ where: { measure: name } })).toBe(0);
});

test("a statement that comes after its transaction's end is refused", async () => {
  let late = () => Promise.resolve<unknown>(null);
  await transact((tx) => {
    late = () => db(tx).$queryRaw`SELECT 1`;
    return Promise.resolve();
  });
  await expect(late()).rejects.toThrow("over");
});

test("two transactions at once have a connection each", async () => {
  const pidOf = () =>
    transact(async (tx) => {
      const ask = () => db(tx).$queryRaw<{ pid: number }[]>`SELECT pg_backend_pid() AS pid`;
      const [[first], [again]] = [await ask(), await ask()];
      expect(again).toEqual(first);
      await db(tx).$executeRaw`SELECT pg_sleep(.05)`;
      return first?.pid;
    });
  const [one, other] = await Promise.all([pidOf(), pidOf()]);
  expect(one).not.toBe(other);
});

test("statements that are sent together are carried out in their order, and fail together", async () => {
  const name = `test:${newId()}`;
  const writes = transact(async (tx) => {
    const [, seen] = await Promise.all([
      tally(tx, name),
      db(tx).$queryRaw<{ count: bigint }[]>`SELECT count FROM "Tally" WHERE measure = ${name}`,
    ]);
    expect(seen).toEqual([{ count: 1n }]);
    await Promise.all([db(tx).$queryRaw`SELECT 1 / 0`, tally(tx, name)]);
  });
  await expect(writes).rejects.toMatchObject({ code: "22012" });
  expect(await db().tally.count({ where: { measure: name } })).toBe(0);
  // The connection, and every statement that failed on it, is good for the next one.
  await transact(async (tx) => {
    await tally(tx, name);
    await tally(tx, name);
  });
  expect(await db().tally.findFirst({ where: { measure: name } })).toMatchObject({ count: 2n });
});

test("a transaction that goes on after a statement had failed is no success", async () => {
  const swallowed = transact(async (tx) => {
    await db(tx).$queryRaw`SELECT 1 / 0`.catch(() => undefined);
  });
  await expect(swallowed).rejects.toThrow("nothing was stored");
});

test("a transaction that takes too long gives its locks back, and nothing of it is stored", async () => {
  const name = `test:${newId()}`;
  const slow = transact(
    async (tx) => {
      await tally(tx, name);
      await db(tx).tally.count();
      await new Promise((resolve) => setTimeout(resolve, 300));
    },
    { timeoutMs: 150 },
  );
  await expect(slow).rejects.toMatchObject({ code: "P2028" });
  expect(await db().tally.count({ where: { measure: name } })).toBe(0);
});
