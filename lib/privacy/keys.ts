import { randomBytes } from "node:crypto";
import { Refusal } from "@/lib/errors";
import type { Tx } from "@/lib/storage/schema";
import { cachedKey, findCachedKey, forgetCachedKey } from "./key-cache";
import { keyring, unwrap, wrap } from "./keyring";
import type { SubjectKey } from "./schema";
import { deleteWrappedKey, findWrappedKey, insertWrappedKey, listKekIds } from "./store";
import { subjectKey } from "./subject-key";

const FIRST_EPOCH = 1;

/** Makes a person's key (epoch 1) in the transaction that makes the person. */
export async function createKey(ownerId: string, tx: Tx): Promise<SubjectKey> {
  const master = randomBytes(32);
  const wrapped = wrap(keyring(), ownerId, FIRST_EPOCH, master);
  await insertWrappedKey(ownerId, { epoch: FIRST_EPOCH, ...wrapped }, tx);
  return subjectKey(ownerId, FIRST_EPOCH, master);
}

/**
 * The person's key, cached for at most 60 s under id and epoch. `owner` comes from the caller's ownership query, so a
 * destroyed or replaced key is never used: another epoch is Refusal("key_missing").
 */
export async function keyOf(owner: { id: string; keyEpoch: number }, tx?: Tx): Promise<SubjectKey> {
  // What a transaction reads may never be committed, so it is used and not kept.
  if (tx) {
    const cached = findCachedKey(owner.id, owner.keyEpoch);
    return await (cached ?? load(owner, tx));
  }
  return await cachedKey(owner.id, owner.keyEpoch, () => load(owner));
}

async function load(owner: { id: string; keyEpoch: number }, tx?: Tx): Promise<SubjectKey> {
  const row = await findWrappedKey(owner.id, tx);
  if (row?.epoch !== owner.keyEpoch) {
    throw new Refusal("key_missing");
  }
  const ring = keyring(row.kekId);
  if (!ring.keys.has(row.kekId)) {
    throw new Refusal("key_missing", { cause: new Error(`The keyring has no key ${row.kekId}`) });
  }
  return subjectKey(owner.id, row.epoch, unwrap(ring, owner.id, row.epoch, row));
}

/** Destroys the person's key: what was sealed under it is unreadable from the commit on. */
export async function destroyKey(ownerId: string, tx?: Tx): Promise<number> {
  const destroyed = await deleteWrappedKey(ownerId, tx);
  forgetKey(ownerId);
  return destroyed;
}

/** Drops the person's unwrapped keys in this process. */
export function forgetKey(ownerId: string): void {
  forgetCachedKey(ownerId);
}

/** Key-encryption keys that stored data needs and the keyring does not have: with any of them, do not start. */
export async function listMissingKeks(): Promise<string[]> {
  const ids = await listKekIds();
  return ids.filter((id) => !keyring(id).keys.has(id));
}
