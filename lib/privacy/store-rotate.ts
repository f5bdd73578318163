import { db, notify, Prisma, transact, tryAlone } from "@/lib/storage";
import type { Tx } from "@/lib/storage/schema";
import { retireKeks, type WrappedKeyRow } from "./store";

const ROTATION_LOCK = 7_276_003;

export type OwnedKey = WrappedKeyRow & { ownerId: string };
/** A key as it lay, and as it is wrapped anew. */
export type Rewrapped = { old: OwnedKey; kekId: string; wrapped: Uint8Array<ArrayBuffer> };

/** Runs as the only rotation of this database; null when another one runs. */
export async function asOnlyRotation<T>(
  run: (isStillAlone: () => Promise<void>) => Promise<T>,
): Promise<T | null> {
  return await tryAlone(ROTATION_LOCK, (session) =>
    // A lost session has lost the lock too, and its next statement fails.
    run(async () => void (await session.query("SELECT 1"))),
  );
}

/** Keys under one of these key-encryption keys, in order of their owners, after `after`. */
export async function findKeysUnder(
  kekIds: readonly string[],
  { after, limit, tx }: { after?: string | undefined; limit: number; tx?: Tx | undefined },
): Promise<OwnedKey[]> {
  return await db(tx).wrappedKey.findMany({
    where: { kekId: { in: [...kekIds] }, ...(after ? { ownerId: { gt: after } } : {}) },
    orderBy: { ownerId: "asc" },
    take: limit,
    select: { ownerId: true, epoch: true, kekId: true, wrapped: true },
  });
}

/** Stores each key as it is wrapped anew, unless it was changed or destroyed meanwhile. Returns how many were stored. */
export async function storeRewrapped(keys: readonly Rewrapped[], tx?: Tx): Promise<number> {
  if (keys.length === 0) {
    return 0;
  }
  const rows = keys.map(
    ({ old, kekId, wrapped }) =>
      Prisma.sql`(${old.ownerId}::uuid, ${old.kekId}, ${old.wrapped}::bytea, ${kekId}, ${wrapped}::bytea)`,
  );
  return await db(tx).$executeRaw`
    UPDATE "WrappedKey" k SET kek_id = n.kek_id, wrapped = n.wrapped
    FROM (VALUES ${Prisma.join(rows)}) AS n (owner_id, old_kek, old_wrapped, kek_id, wrapped)
    WHERE k.owner_id = n.owner_id AND k.kek_id = n.old_kek AND k.wrapped = n.old_wrapped`;
}

/** Retires the keys and runs `lastPass` while nobody stores a new key. */
export async function retiring(
  kekIds: readonly string[],
  lastPass: (tx: Tx) => Promise<number>,
): Promise<number> {
  return await transact(
    async (tx) => {
      await retireKeks(kekIds, tx);
      return await lastPass(tx);
    },
    { timeoutMs: 60_000 },
  );
}

/** Tells every process that the keyring's file has changed. */
export async function tellKeyring(tx: Tx): Promise<void> {
  await notify("keyring", "", tx);
}
