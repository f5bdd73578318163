import { randomBytes } from "node:crypto";
import { Refusal, type RefusalCode } from "@/lib/errors";
import { log } from "@/lib/observability";
import type { Tx } from "@/lib/storage/schema";
import { type AlarmCode, raiseAlarm, settleAlarm } from "./key-alarm";
import { cachedKey, findCachedKey, forgetCachedKey } from "./key-cache";
import { freshKeyring, keyring, unwrap, wrap } from "./keyring";
import { ledgerReplayed } from "./ledger-gate";
import type { SubjectKey } from "./schema";
import { SealError } from "./seal-error";
import { deleteWrappedKey, findWrappedKey, insertWrappedKey, listKekIds } from "./store";
import { subjectKey } from "./subject-key";

const FIRST_EPOCH = 1;

const NO_KEY = new Set<RefusalCode>(["key_missing", "key_unavailable"]);

type Owner = { id: string; keyEpoch: number };

/** Makes a person's key (epoch 1) in the transaction that makes the person. */
export async function createKey(ownerId: string, tx: Tx): Promise<SubjectKey> {
  const master = randomBytes(32);
  let ring = keyring();
  for (let attempt = 1; attempt <= 2; attempt += 1) {
    const wrapped = wrap(ring, ownerId, FIRST_EPOCH, master);
    if (await insertWrappedKey(ownerId, { epoch: FIRST_EPOCH, ...wrapped }, tx)) {
      return subjectKey(ownerId, FIRST_EPOCH, master);
    }
    // A rotation has retired the key that this process held for the current one.
    ring = freshKeyring();
  }
  throw new Error(`The keyring's current key ${ring.current} is retired: its file is an old copy`);
}

/**
 * The person's key, cached for at most 60 s under id and epoch. `owner` comes from the caller's ownership query, so a
 * destroyed or replaced key is never used: another epoch is Refusal("key_missing"). A living person's key that is not
 * there is Refusal("key_unavailable") and an alarm: an operator's failure, never an empty account.
 */
export async function keyOf(owner: Owner, tx?: Tx): Promise<SubjectKey> {
  await ledgerReplayed();
  // What a transaction reads may never be committed, so it is used and not kept.
  if (tx) {
    const cached = findCachedKey(owner.id, owner.keyEpoch);
    return await (cached ?? load(owner, tx));
  }
  return await cachedKey(owner.id, owner.keyEpoch, () => load(owner));
}

async function load(owner: Owner, tx?: Tx): Promise<SubjectKey> {
  let row = await findWrappedKey(owner.id, tx);
  if (row && !keyring(row.kekId).keys.has(row.kekId)) {
    // A rotation may have wrapped it anew between our reading of the row and of the file.
    row = await findWrappedKey(owner.id, tx);
  }
  if (row?.epoch !== owner.keyEpoch) {
    return await refuse(owner, "key_absent");
  }
  const ring = keyring(row.kekId);
  if (!ring.keys.has(row.kekId)) {
    return await refuse(owner, "kek_absent", new Error(`The keyring has no key ${row.kekId}`));
  }
  try {
    const key = subjectKey(owner.id, row.epoch, unwrap(ring, owner.id, row.epoch, row));
    settleAlarm(owner.id);
    return key;
  } catch (error) {
    if (error instanceof SealError) {
      return await refuse(owner, "does_not_open", error);
    }
    throw error;
  }
}

async function refuse(owner: Owner, code: AlarmCode, cause?: Error): Promise<never> {
  const isLiving = await raiseAlarm(owner, code);
  throw new Refusal(isLiving ? "key_unavailable" : "key_missing", cause ? { cause } : {});
}

/**
 * The key of somebody who is being erased, for one last look at what is to go; null where there is none that opens. Past
 * the ledger's gate, which in a replay waits for this very erasure.
 */
export async function lastKeyOf(ownerId: string): Promise<SubjectKey | null> {
  const row = await findWrappedKey(ownerId);
  if (!row) {
    return null;
  }
  try {
    return subjectKey(ownerId, row.epoch, unwrap(keyring(row.kekId), ownerId, row.epoch, row));
  } catch (error) {
    if (error instanceof SealError) {
      return null;
    }
    throw error;
  }
}

/** The person's key, or null where there is none: for work over everybody, which one missing key must not end. */
export async function readableKey(owner: Owner): Promise<SubjectKey | null> {
  try {
    return await keyOf(owner);
  } catch (error) {
    if (error instanceof Refusal && NO_KEY.has(error.code)) {
      return null;
    }
    throw error;
  }
}

/** What `open` gives, or null where one value does not open: work over everybody goes on, and the log has a line. */
export function openedOr<T>(where: string, open: () => T): T | null {
  try {
    return open();
  } catch (error) {
    if (error instanceof SealError) {
      log.error({ event: "does_not_open", where, reason: error.message });
      return null;
    }
    throw error;
  }
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
