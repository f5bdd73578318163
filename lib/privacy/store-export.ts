import { mkdir, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { env } from "@/lib/env";
import { newId } from "@/lib/id";
import { db, transact } from "@/lib/storage";
import type { Tx } from "@/lib/storage/schema";
import { createKey, destroyKey } from "./keys";
import type { SubjectKey } from "./schema";

const DAY_MS = 86_400_000;
const ENDING = ".rcx";

export type ExportRow = { id: string; customerId: string; bytes: number; expiresAt: Date };

function folder(): string {
  return join(env.DATA_DIR, "exports");
}

/** Where a sealed export lies. */
export function exportPath(id: string): string {
  return join(folder(), `${id}${ENDING}`);
}

/**
 * The row and the key of an export that is about to be written. They come before the file, so that no file is ever
 * without them; what an earlier try of the request left is removed.
 */
export async function beginExport(requestId: string, customerId: string, expiresAt: Date) {
  const earlier = await db().exportFile.findMany({ where: { requestId }, select: { id: true } });
  await removeExports(earlier.map(({ id }) => id));
  await mkdir(folder(), { recursive: true, mode: 0o700 });
  const id = newId();
  const key = await transact(async (tx): Promise<SubjectKey> => {
    const file = `${id}${ENDING}`;
    await db(tx).exportFile.create({
      data: { id, requestId, customerId, file, bytes: 0, expiresAt },
    });
    return await createKey(id, tx);
  });
  return { id, key, path: exportPath(id) };
}

/** The file is whole: from now on it can be downloaded. False when it was removed meanwhile. */
export async function completeExport(id: string, bytes: number, tx: Tx): Promise<boolean> {
  return (await db(tx).exportFile.updateMany({ where: { id }, data: { bytes } })).count === 1;
}

/** The request's file, while its customer may still read: of this customer when one is named. */
export async function findExport(
  requestId: string,
  customerId?: string,
): Promise<ExportRow | null> {
  const row = await db().exportFile.findFirst({
    where: {
      requestId,
      bytes: { gt: 0 },
      ...(customerId ? { customerId } : {}),
      request: { customerId: { not: null } },
    },
    orderBy: { createdAt: "desc" },
    select: { id: true, customerId: true, bytes: true, expiresAt: true },
  });
  return row && (await findReader(row.customerId)) ? row : null;
}

/** Removes exports: key first, so that a file which cannot be removed cannot be read either. */
export async function removeExports(ids: readonly string[]): Promise<number> {
  for (const id of ids) {
    await destroyKey(id);
    await rm(exportPath(id), { force: true });
    await db().exportFile.deleteMany({ where: { id } });
  }
  return ids.length;
}

export async function findExportIds(customerId: string): Promise<string[]> {
  const rows = await db().exportFile.findMany({ where: { customerId }, select: { id: true } });
  return rows.map(({ id }) => id);
}

export async function eraseExports(customerId: string): Promise<number> {
  return await removeExports(await findExportIds(customerId));
}

export async function countExports(customerId: string): Promise<number> {
  return (await findExportIds(customerId)).length;
}

/** Destroys the keys of a person's exports in the transaction that destroys the person's own. */
export async function destroyExportKeys(customerId: string, tx: Tx): Promise<void> {
  for (const id of await findExportIds(customerId)) {
    await destroyKey(id, tx);
  }
}

/** Takes a person's exports away in a transaction, key and row; their files are `removeExports`' to remove afterwards. */
export async function dropExports(customerId: string, tx: Tx): Promise<string[]> {
  const rows = await db(tx).exportFile.findMany({ where: { customerId }, select: { id: true } });
  for (const { id } of rows) {
    await destroyKey(id, tx);
  }
  await db(tx).exportFile.deleteMany({ where: { customerId } });
  return rows.map(({ id }) => id);
}

/** Removes exports past their week, and files that a killed run left without a row. */
export async function removeExpired(now: Date): Promise<number> {
  const expired = await db().exportFile.findMany({
    where: { expiresAt: { lte: now } },
    select: { id: true },
  });
  const removed = await removeExports(expired.map(({ id }) => id));
  return removed + (await removeStray(now));
}

async function removeStray(now: Date): Promise<number> {
  let removed = 0;
  for (const name of await readdir(folder()).catch(() => [])) {
    const id = name.slice(0, -ENDING.length);
    const { mtimeMs } = await stat(join(folder(), name));
    const isOld = now.getTime() - mtimeMs > DAY_MS;
    if (isOld && (await db().exportFile.count({ where: { id } })) === 0) {
      await rm(join(folder(), name), { force: true });
      removed += 1;
    }
  }
  return removed;
}

/** The customer for whom an export is made, with the epoch that a key look-up needs. */
export async function findReader(
  customerId: string,
): Promise<{ id: string; keyEpoch: number } | null> {
  return await db().customer.findFirst({
    where: { id: customerId, state: { in: ["active", "restricted"] } },
    select: { id: true, keyEpoch: true },
  });
}
