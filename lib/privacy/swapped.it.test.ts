import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { dataMap } from "@/lib/data-map";
import { keyOf } from "./keys";
import { SealError } from "./seal-error";
import { db, makeKnownCustomer } from "./store-fixture";

/** A sealed value where it lies. */
type Cell = { table: string; id: string; column: string; owner: number };
type Owner = { id: string; keyEpoch: number };

const idColumns: Record<string, string> = { Memory: "conversation_id" };
const sealedColumns = [
  ["Conversation", "title_sealed"],
  ["Message", "body_sealed"],
  ["Memory", "summary_sealed"],
  ["CaseSummary", "body_sealed"],
  ["Fact", "body_sealed"],
  ["Proposal", "args_sealed"],
  ["Proposal", "card_sealed"],
  ["Vault", "value_sealed"],
  ["ShopOrder", "recipient_sealed"],
  ["ShopOrder", "address_sealed"],
] as const;

let owners: Owner[] = [];
const cells: Cell[] = [];

beforeAll(async () => {
  owners = [await makeKnownCustomer(), await makeKnownCustomer()];
  for (const [owner, { id: customerId }] of owners.entries()) {
    for (const [table, column] of sealedColumns) {
      const rows = await db().$queryRawUnsafe<{ id: string }[]>(
        `SELECT ${idOf(table)}::text AS id FROM "${table}"
         WHERE customer_id = $1::uuid AND ${column} IS NOT NULL`,
        customerId,
      );
      cells.push(...rows.map(({ id }) => ({ table, id, column, owner })));
    }
  }
});

function idOf(table: string): string {
  return idColumns[table] ?? "id";
}

async function read({ table, id, column }: Cell): Promise<Uint8Array> {
  const [row] = await db().$queryRawUnsafe<{ bytes: Uint8Array }[]>(
    `SELECT ${column} AS bytes FROM "${table}" WHERE ${idOf(table)} = $1::uuid`,
    id,
  );
  return row?.bytes ?? new Uint8Array();
}

async function write({ table, id, column }: Cell, bytes: Uint8Array): Promise<void> {
  await db().$executeRawUnsafe(
    `UPDATE "${table}" SET ${column} = $2::bytea WHERE ${idOf(table)} = $1::uuid`,
    id,
    bytes,
  );
}

/** Reads all of a person's data as their export does. */
async function readAll(owner: Owner | undefined): Promise<void> {
  const key = await keyOf(owner ?? { id: "", keyEpoch: 0 });
  for (const { collect } of dataMap) {
    for await (const _ of collect?.(key.ownerId, key) ?? []) {
      // Every sealed column is opened on the way.
    }
  }
}

const cell = () => fc.nat().map((at) => cells[at % cells.length] as Cell);

test("sealed values that somebody swaps in the database open nowhere: other row, column, table or person", async () => {
  expect(cells.length).toBeGreaterThan(20);
  await fc.assert(
    fc.asyncProperty(cell(), cell(), async (one, other) => {
      fc.pre(one !== other);
      const [first, second] = [await read(one), await read(other)];
      await write(one, second);
      await write(other, first);
      try {
        await expect(readAll(owners[one.owner])).rejects.toBeInstanceOf(SealError);
        await expect(readAll(owners[other.owner])).rejects.toBeInstanceOf(SealError);
      } finally {
        await write(one, first);
        await write(other, second);
      }
    }),
    { numRuns: 20 },
  );
  await Promise.all(owners.map(readAll));
});

test("a value that somebody changes or cuts in the database does not open, at whatever byte", async () => {
  await fc.assert(
    fc.asyncProperty(cell(), fc.nat(), fc.boolean(), async (one, at, cut) => {
      const whole = await read(one);
      const changed = Uint8Array.from(whole);
      const place = at % whole.length;
      changed[place] = (changed[place] ?? 0) ^ 1;
      await write(one, cut ? whole.subarray(0, place) : changed);
      try {
        await expect(readAll(owners[one.owner])).rejects.toBeInstanceOf(SealError);
      } finally {
        await write(one, whole);
      }
    }),
    { numRuns: 20 },
  );
  await Promise.all(owners.map(readAll));
});
