import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readSync,
  renameSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "uuid";
import { z } from "zod";
import { snapshotFolder } from "./keys-folder";
import type { WrappedKeyRow } from "./store";
import { inSnapshotTurn, surveyKeys, walkWrappedKeys } from "./store-snapshot";
import { privateFolder, syncFolder } from "./whole-file";

/*
 * The newest copy of all wrapped keys, in order of their owners, so that one of them is found and overwritten without
 * writing the rest anew:
 *
 *   "RCK1" │ length of the head (4 bytes, big-endian) │ head, JSON: { createdAt, keks, count } │ record │ record │ …
 *   record   owner (16 bytes) │ epoch (4) │ place of its key-encryption key in `keks` (2) │ wrapped key (61)
 *
 * Every key in it is wrapped (AES-256-GCM, bound to its owner and epoch) by a key-encryption key of the keyring, which
 * is not in it. A destroyed key's record is zeros.
 */
const MAGIC = Buffer.from("RCK1");
const WRAPPED_BYTES = 61;
const RECORD_BYTES = 16 + 4 + 2 + WRAPPED_BYTES;
const RECORDS_A_READ = 1_000;

const Head = z.object({
  createdAt: z.iso.datetime(),
  keks: z.array(z.string()),
  count: z.number().int().nonnegative(),
});
type Head = z.infer<typeof Head>;
type File = Head & { handle: number; begin: number };

export type SnapshotKey = WrappedKeyRow & { ownerId: string };

export function snapshotFile(): string {
  return join(snapshotFolder(), "keys.rck");
}

/** Writes the newest copy of all wrapped keys in the place of the one before. Returns how many there are. */
export async function writeSnapshot(now = new Date()): Promise<number> {
  return await inSnapshotTurn(async (session) => {
    const { keks, count } = await surveyKeys(session);
    const file = snapshotFile();
    privateFolder(snapshotFolder());
    const draft = `${file}.draft`;
    const handle = openSync(draft, "w", 0o600);
    try {
      const head = Buffer.from(JSON.stringify({ createdAt: now.toISOString(), keks, count }));
      const length = Buffer.alloc(4);
      length.writeUInt32BE(head.length);
      writeSync(handle, Buffer.concat([MAGIC, length, head]));
      for await (const keys of walkWrappedKeys(session)) {
        writeSync(handle, Buffer.concat(keys.map((key) => toRecord(key, keks))));
      }
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(draft, file);
    syncFolder(snapshotFolder());
    return count;
  });
}

function toRecord({ ownerId, epoch, kekId, wrapped }: SnapshotKey, keks: string[]): Buffer {
  if (wrapped.length !== WRAPPED_BYTES) {
    throw new Error("A wrapped key is not of the snapshot's form");
  }
  const record = Buffer.alloc(RECORD_BYTES);
  record.set(parse(ownerId));
  record.writeUInt32BE(epoch, 16);
  record.writeUInt16BE(keks.indexOf(kekId), 20);
  record.set(wrapped, 22);
  return record;
}

/** Overwrites these owners' keys in the newest copy, where there is one, and waits until the disk has it. */
export async function clearSnapshot(ownerIds: readonly string[]): Promise<void> {
  await inSnapshotTurn(() => {
    if (!existsSync(snapshotFile())) {
      return Promise.resolve();
    }
    const handle = openSync(snapshotFile(), "r+");
    try {
      const file = openHead(handle);
      for (const ownerId of ownerIds) {
        const at = findRecord(file, Buffer.from(parse(ownerId)));
        if (at !== null) {
          writeSync(handle, Buffer.alloc(RECORD_BYTES), 0, RECORD_BYTES, placeOf(file, at));
        }
      }
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    return Promise.resolve();
  });
}

function openHead(handle: number): File {
  const start = Buffer.alloc(MAGIC.length + 4);
  readSync(handle, start, 0, start.length, 0);
  if (!MAGIC.equals(start.subarray(0, MAGIC.length))) {
    throw new Error("The key snapshot is not of a known form");
  }
  const head = Buffer.alloc(start.readUInt32BE(MAGIC.length));
  readSync(handle, head, 0, head.length, start.length);
  const parsed = Head.parse(JSON.parse(head.toString("utf8")));
  return { ...parsed, handle, begin: start.length + head.length };
}

function placeOf({ begin }: File, index: number): number {
  return begin + index * RECORD_BYTES;
}

/** Bisects by owner; records of destroyed keys are stepped over. */
function findRecord(file: File, owner: Buffer): number | null {
  let [low, high] = [0, file.count];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    let at = middle;
    let found = ownerAt(file, at);
    while (found.every((byte) => byte === 0) && at + 1 < high) {
      at += 1;
      found = ownerAt(file, at);
    }
    const order = Buffer.compare(found, owner);
    if (order === 0) {
      return at;
    }
    // Zeros up to `high` compare as smaller than any owner, so they need a word of their own.
    if (order < 0 && found.some((byte) => byte !== 0)) {
      low = at + 1;
    } else {
      high = middle;
    }
  }
  return null;
}

function ownerAt(file: File, index: number): Buffer {
  const owner = Buffer.alloc(16);
  readSync(file.handle, owner, 0, 16, placeOf(file, index));
  return owner;
}

/** What the newest copy says of itself; null where there is none. */
export function describeSnapshot(): Head | null {
  if (!existsSync(snapshotFile())) {
    return null;
  }
  const handle = openSync(snapshotFile(), "r");
  try {
    const { createdAt, keks, count } = openHead(handle);
    return { createdAt, keks, count };
  } finally {
    closeSync(handle);
  }
}

/** The keys of the newest copy, some at a time, without those that were destroyed. */
export function* readSnapshot(): Generator<SnapshotKey[]> {
  const handle = openSync(snapshotFile(), "r");
  try {
    const file = openHead(handle);
    for (let index = 0; index < file.count; index += RECORDS_A_READ) {
      const count = Math.min(RECORDS_A_READ, file.count - index);
      const bytes = Buffer.alloc(count * RECORD_BYTES);
      if (readSync(handle, bytes, 0, bytes.length, placeOf(file, index)) < bytes.length) {
        throw new Error("The key snapshot is cut off");
      }
      yield Array.from({ length: count }, (_, each) =>
        fromRecord(bytes.subarray(each * RECORD_BYTES, (each + 1) * RECORD_BYTES), file.keks),
      ).filter((key) => key !== null);
    }
  } finally {
    closeSync(handle);
  }
}

function fromRecord(record: Buffer, keks: string[]): SnapshotKey | null {
  const owner = record.subarray(0, 16);
  if (owner.every((byte) => byte === 0)) {
    return null;
  }
  const kekId = keks[record.readUInt16BE(20)];
  if (kekId === undefined) {
    throw new Error("The key snapshot names a key-encryption key that its head does not list");
  }
  const wrapped = Uint8Array.from(record.subarray(22));
  return { ownerId: stringify(owner), epoch: record.readUInt32BE(16), kekId, wrapped };
}
