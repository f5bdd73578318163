import { db, Prisma } from "@/lib/storage";
import type { Tx } from "@/lib/storage/schema";
import { openStates } from "./schema-request-flow";

/** A row as raw SQL gives it: column names as in the database. */
export type RawRow = Record<string, unknown>;

/** Whose rows: a table, the condition that makes a row the customer's ($1 is the id), and the column that orders them. */
export type Owned = { table: string; where: string; orderBy: string };

const PAGE = 200;

/** Rows of a table by its customer's column, ordered by id. */
export function ownedBy(table: string, column = "customer_id", orderBy = "id"): Owned {
  return { table, where: `"${column}" = $1::uuid`, orderBy };
}

// Table and column names are constants of this room, never input; the id is always a parameter.
export async function countRows({ table, where }: Owned, id: string): Promise<number> {
  const sql = `SELECT count(*)::int AS count FROM "${table}" WHERE ${where}`;
  const [row] = await db().$queryRawUnsafe<{ count: number }[]>(sql, id);
  return row?.count ?? 0;
}

export async function deleteRows({ table, where }: Owned, id: string, tx?: Tx): Promise<number> {
  return await db(tx).$executeRawUnsafe(`DELETE FROM "${table}" WHERE ${where}`, id);
}

/** The rows in order, a page at a time, so that a long history needs no more memory than a short one. */
export async function* walkRows(
  { table, where, orderBy }: Owned,
  id: string,
): AsyncGenerator<RawRow[]> {
  let after: unknown = null;
  for (;;) {
    const rows: RawRow[] = await db().$queryRawUnsafe<RawRow[]>(
      `SELECT * FROM "${table}" WHERE ${where} AND ($2::uuid IS NULL OR "${orderBy}" > $2::uuid)
       ORDER BY "${orderBy}" LIMIT ${PAGE}`,
      id,
      after,
    );
    if (rows.length > 0) {
      yield rows;
    }
    if (rows.length < PAGE) {
      return;
    }
    after = rows.at(-1)?.[orderBy];
  }
}

/** What belongs to some rows of a page, such as the items of orders. */
export async function findChildren(
  table: string,
  column: string,
  ids: readonly string[],
  orderBy = "id",
): Promise<RawRow[]> {
  const list = Prisma.join(ids.map((id) => Prisma.sql`${id}::uuid`));
  const name = Prisma.raw(`"${table}"`);
  return await db().$queryRaw<RawRow[]>`
    SELECT * FROM ${name} WHERE ${Prisma.raw(`"${column}"`)} IN (${list}) ORDER BY ${Prisma.raw(orderBy)}`;
}

/** Unties orders from the customer and empties what is personal; ids, items and amounts stay. */
export async function releaseOrders(customerId: string, tx?: Tx): Promise<number> {
  await db(tx).shopPayment.updateMany({
    where: { order: { customerId } },
    data: { methodHandle: null },
  });
  await db(tx).shopReturn.updateMany({
    where: { order: { customerId } },
    data: { methodHandle: null },
  });
  const { count } = await db(tx).shopOrder.updateMany({
    where: { customerId },
    data: {
      customerId: null,
      recipientSealed: null,
      addressSealed: null,
      paymentMethod: "removed",
    },
  });
  return count;
}

export async function listOrders(
  customerId: string,
): Promise<{ number: string; placedAt: Date }[]> {
  return await db().shopOrder.findMany({
    where: { customerId },
    select: { number: true, placedAt: true },
    orderBy: { placedAt: "asc" },
  });
}

// The erasure that is running still needs to know whom it erases; its last step forgets it.
const notTheRunningErasure = { NOT: { kind: "erasure", state: "running" } } as const;

export async function releaseRequests(customerId: string, tx?: Tx): Promise<number> {
  const where = { customerId, ...notTheRunningErasure };
  await db(tx).dataRequest.updateMany({
    where: { ...where, state: { in: [...openStates] } },
    data: { state: "withdrawn", finishedAt: new Date() },
  });
  const { count } = await db(tx).dataRequest.updateMany({
    where,
    data: { customerId: null, statementSealed: null },
  });
  return count;
}

export async function countRequests(customerId: string): Promise<number> {
  return await db().dataRequest.count({ where: { customerId, ...notTheRunningErasure } });
}

// pg-boss makes its tables at its own first start.
async function hasQueue(): Promise<boolean> {
  const [row] = await db().$queryRaw<{ there: boolean }[]>`
    SELECT to_regclass('pgboss.job') IS NOT NULL AS there`;
  return row?.there === true;
}

export async function countJobs(
  conversationIds: readonly string[],
  customerId: string | null = null,
): Promise<number> {
  if (!(await hasQueue())) {
    return 0;
  }
  const [row] = await db().$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM pgboss.job
    WHERE data->>'conversationId' = ANY(${[...conversationIds]}::text[])
      OR data->>'customerId' = ${customerId}`;
  return row?.count ?? 0;
}

export async function deleteJobs(
  conversationIds: readonly string[],
  { customerId = null, tx }: { customerId?: string | null; tx?: Tx } = {},
): Promise<number> {
  if (!(await hasQueue())) {
    return 0;
  }
  return await db(tx).$executeRaw`
    DELETE FROM pgboss.job WHERE data->>'conversationId' = ANY(${[...conversationIds]}::text[])
      OR data->>'customerId' = ${customerId}`;
}
