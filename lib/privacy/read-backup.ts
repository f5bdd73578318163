import { createReadStream, existsSync } from "node:fs";
import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { readSections } from "./backup-frames";
import { BACKUP_MAGIC, BackupHead, backupSealing } from "./backup-key";
import { BackupSection, BackupStart } from "./schema-backup";
import { SealError } from "./seal-error";
import { behead, openChunks } from "./sealed-stream";

/** A backup that cannot be read, or not here. The message says why and what to do. */
export class BackupRefused extends Error {
  override readonly name = "BackupRefused";
}

export type ReadSection = { head: BackupSection; data: () => AsyncIterable<Uint8Array> };

/** The sections of a backup's file, opened. A changed byte, wherever it is, is a SealError or a BackupRefused. */
export async function* openBackup(file: string): AsyncGenerator<ReadSection> {
  const { head, rest } = await readHead(file);
  const sealing = backupSealing(head);
  if (!sealing) {
    throw new BackupRefused(
      `The backup was sealed under the key ${head.keyId}, and backup-keyring.json beside the keyring does not hold it. Put that file back from its copy.`,
    );
  }
  const plain = Readable.from(openChunks(sealing, rest), { objectMode: false });
  const unpacked = createGunzip();
  plain.on("error", (error) => unpacked.destroy(error));
  try {
    for await (const { head: raw, data } of readSections(plain.pipe(unpacked))) {
      const parsed = BackupSection.safeParse(raw);
      if (!parsed.success) {
        throw new BackupRefused("The backup was made by another version of Recollect.");
      }
      yield { head: parsed.data, data };
    }
  } finally {
    plain.destroy();
    unpacked.destroy();
  }
}

async function readHead(file: string) {
  if (!existsSync(file)) {
    throw new BackupRefused(`There is no file ${file}.`);
  }
  const source = createReadStream(file);
  const start = await behead(source, BACKUP_MAGIC.length + 2);
  if (
    start.head.length < BACKUP_MAGIC.length + 2 ||
    !BACKUP_MAGIC.equals(start.head.subarray(0, BACKUP_MAGIC.length))
  ) {
    source.destroy();
    throw new BackupRefused(`${file} is no backup of Recollect.`);
  }
  const body = await behead(start.rest, start.head.readUInt16BE(BACKUP_MAGIC.length));
  try {
    return { head: BackupHead.parse(JSON.parse(body.head.toString("utf8"))), rest: body.rest };
  } catch (cause) {
    source.destroy();
    throw new SealError("The backup's head is damaged", { cause });
  }
}

/** What a backup says of itself, without reading all of it. */
export async function describeBackup(file: string): Promise<BackupStart> {
  for await (const { head } of openBackup(file)) {
    const start = BackupStart.safeParse(head);
    if (start.success) {
      return start.data;
    }
    break;
  }
  throw new BackupRefused("The backup does not begin as one does.");
}
