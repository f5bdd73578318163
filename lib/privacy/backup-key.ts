import { createSecretKey, hkdfSync, randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { parseKeyring } from "./keyring";
import { keysFolder } from "./keys-folder";
import type { Sealing } from "./sealed-stream";
import { readOrMakeSecret } from "./whole-file";

/*
 * Backups are sealed under a key of their own, which no rotation touches, so that an old backup opens: it holds no
 * person's key. `backup-keyring.json` beside the keyring has the keyring's form and is made at the first backup.
 *
 * A backup's file: "RCB1" │ length of the head (2 bytes, big-endian) │ head, JSON │ sealed stream that begins "RCBS".
 * Its key is HKDF-SHA-256(backup key, the head's salt, "recollect/1/backup", 32); the head is its associated data.
 */
export const BACKUP_MAGIC = Buffer.from("RCB1");
const STREAM_MAGIC = Buffer.from("RCBS");

/** What stands in clear before a backup: which key opens it. */
export const BackupHead = z.object({
  keyId: z.string(),
  salt: z.string(),
  createdAt: z.iso.datetime(),
});
export type BackupHead = z.infer<typeof BackupHead>;

export function backupKeyFile(): string {
  return join(keysFolder(), "backup-keyring.json");
}

function make(): string {
  const id = `b_${randomBytes(4).toString("hex")}`;
  return `${JSON.stringify({ current: id, keys: { [id]: randomBytes(32).toString("base64") } }, null, 2)}\n`;
}

/** The head of a new backup; the backup key is made where there is none. */
export function newBackupHead(createdAt: Date): BackupHead {
  const { current } = parseKeyring(readOrMakeSecret(backupKeyFile(), make));
  return {
    keyId: current,
    salt: randomBytes(32).toString("base64"),
    createdAt: createdAt.toISOString(),
  };
}

/** How a backup with this head is sealed; null when its key is not there. */
export function backupSealing(head: BackupHead): Sealing | null {
  if (!existsSync(backupKeyFile())) {
    return null;
  }
  const key = parseKeyring(readFileSync(backupKeyFile(), "utf8")).keys.get(head.keyId);
  if (!key) {
    return null;
  }
  const bytes = hkdfSync("sha256", key, Buffer.from(head.salt, "base64"), "recollect/1/backup", 32);
  return {
    magic: STREAM_MAGIC,
    key: createSecretKey(Buffer.from(bytes)),
    about: Buffer.from(JSON.stringify(["recollect", 1, "backup", head])),
    what: "backup",
  };
}
