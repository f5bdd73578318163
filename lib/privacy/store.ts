import { newId } from "@/lib/id";
import { db, transact } from "@/lib/storage";
import type { Tx } from "@/lib/storage/schema";
import type { PlaceholderKind } from "./schema";
import { insertIndexes, type PersonIndexRow } from "./store-person";

type Bytes = Uint8Array<ArrayBuffer>;

/** A person's wrapped key as it is kept. */
export type WrappedKeyRow = { epoch: number; kekId: string; wrapped: Bytes };

// Any number will do, as long as nobody else in this database uses it.
const WRAP_GATE = 7_276_002;
const RETIRED = "keks_retired";

/**
 * Stores a new wrapped key; false when its key-encryption key was retired meanwhile, so that no key is ever stored under
 * one that a rotation destroys. The gate makes a rotation's last pass wait for this transaction, and this insert see
 * what that pass has decided.
 */
export async function insertWrappedKey(
  ownerId: string,
  { epoch, kekId, wrapped }: WrappedKeyRow,
  tx: Tx,
): Promise<boolean> {
  await db(tx).$executeRaw`SELECT pg_advisory_xact_lock_shared(${WRAP_GATE})`;
  const inserted = await db(tx).$executeRaw`
    INSERT INTO "WrappedKey" (owner_id, epoch, kek_id, wrapped)
    SELECT ${ownerId}::uuid, ${epoch}::int, ${kekId}, ${wrapped}
    WHERE NOT EXISTS (SELECT 1 FROM "KeyMark" WHERE name = ${RETIRED} AND value ? ${kekId})`;
  return inserted === 1;
}

/** From the commit on nothing is stored under these; whoever is storing is waited for. */
export async function retireKeks(kekIds: readonly string[], tx: Tx): Promise<void> {
  await db(tx).$executeRaw`SELECT pg_advisory_xact_lock(${WRAP_GATE})`;
  const row = await db(tx).keyMark.findUnique({ where: { name: RETIRED } });
  const known = Array.isArray(row?.value) ? row.value.map(String) : [];
  const value = [...new Set([...known, ...kekIds])];
  await db(tx).keyMark.upsert({
    where: { name: RETIRED },
    create: { name: RETIRED, value },
    update: { value },
  });
}

export async function findWrappedKey(ownerId: string, tx?: Tx): Promise<WrappedKeyRow | null> {
  return await db(tx).wrappedKey.findUnique({
    where: { ownerId },
    select: { epoch: true, kekId: true, wrapped: true },
  });
}

export async function deleteWrappedKey(ownerId: string, tx?: Tx): Promise<number> {
  const { count } = await db(tx).wrappedKey.deleteMany({ where: { ownerId } });
  return count;
}

/** The ids of key-encryption keys under which something is stored. */
export async function listKekIds(): Promise<string[]> {
  const rows = await db().wrappedKey.findMany({ distinct: ["kekId"], select: { kekId: true } });
  return rows.map(({ kekId }) => kekId);
}

/** A value to be kept: its keyed hash finds it again; `seal` is given the row's id, to which sealing binds. */
export type VaultValue = {
  kind: PlaceholderKind;
  mac: Bytes;
  seal: (rowId: string) => Bytes;
  /** By what its owner is found, where it names or reaches them. */
  index?: () => Omit<PersonIndexRow, "customerId">;
};

/** The number of each value, in order; unknown values are kept and numbered. The same value always has one number. */
export async function numberValues(
  customerId: string,
  values: readonly VaultValue[],
  tx?: Tx,
): Promise<number[] | null> {
  const known = await findNumbers(customerId, values, tx);
  if (values.every((value) => known.has(nameOf(value)))) {
    return values.map((value) => known.get(nameOf(value)) ?? 0);
  }
  return tx
    ? await addValues(customerId, values, tx)
    : await transact((own) => addValues(customerId, values, own));
}

// The customer's row is the lock: two messages with one new value wait for each other, and none is kept for a
// customer who is being erased. Null then, and when there is no such customer.
async function addValues(
  customerId: string,
  values: readonly VaultValue[],
  tx: Tx,
): Promise<number[] | null> {
  const rows = await db(tx).$queryRaw<{ id: string }[]>`
    SELECT id::text FROM "Customer" WHERE id = ${customerId}::uuid AND state IN ('active', 'restricted')
    FOR NO KEY UPDATE`;
  if (rows.length === 0) {
    return null;
  }
  const known = await findNumbers(customerId, values, tx);
  const next = await nextNumbers(customerId, tx);
  for (const value of values) {
    if (known.has(nameOf(value))) {
      continue;
    }
    const n = next.get(value.kind) ?? 1;
    next.set(value.kind, n + 1);
    known.set(nameOf(value), n);
    const id = newId();
    const index = value.index?.();
    await insertIndexes(index ? [{ customerId, ...index }] : [], tx);
    await db(tx).vault.create({
      data: { id, customerId, kind: value.kind, n, mac: value.mac, valueSealed: value.seal(id) },
    });
  }
  return values.map((value) => known.get(nameOf(value)) ?? 0);
}

async function findNumbers(
  customerId: string,
  values: readonly VaultValue[],
  tx?: Tx,
): Promise<Map<string, number>> {
  const rows = await db(tx).vault.findMany({
    where: { customerId, mac: { in: values.map(({ mac }) => mac) } },
    select: { kind: true, mac: true, n: true },
  });
  return new Map(rows.map((row) => [nameOf(row), row.n]));
}

async function nextNumbers(customerId: string, tx: Tx): Promise<Map<string, number>> {
  const rows = await db(tx).vault.groupBy({
    by: ["kind"],
    where: { customerId },
    _max: { n: true },
  });
  return new Map(rows.map(({ kind, _max }) => [kind, (_max.n ?? 0) + 1]));
}

function nameOf({ kind, mac }: { kind: string; mac: Uint8Array }): string {
  return `${kind}:${Buffer.from(mac).toString("hex")}`;
}

export type Numbered = { kind: PlaceholderKind; n: number };
export type VaultRow = { id: string; kind: string; n: number; valueSealed: Bytes };

/** The kept values behind placeholders of one customer; unknown ones are left out. */
export async function findValues(
  customerId: string,
  wanted: readonly Numbered[],
  tx?: Tx,
): Promise<VaultRow[]> {
  return await db(tx).vault.findMany({
    where: { customerId, OR: wanted.map(({ kind, n }) => ({ kind, n })) },
    select: { id: true, kind: true, n: true, valueSealed: true },
  });
}
