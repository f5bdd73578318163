import { dirname, join, resolve } from "node:path";
import { env } from "@/lib/env";

/**
 * Where that lies which neither the database nor its backups may hold: signing key, backup keys, erasure ledger. All
 * processes of an installation share it.
 */
export function keysFolder(): string {
  return (
    env.KEYS_DIR ?? (env.KEYRING_FILE ? dirname(env.KEYRING_FILE) : join(env.DATA_DIR, "keys"))
  );
}

/** Where the newest copy of the wrapped keys lies: apart from backups, which must not open without it. */
export function snapshotFolder(): string {
  return env.KEY_SNAPSHOT_DIR ?? join(keysFolder(), "key-snapshot");
}

/** The variables that lead another process to the same keys, whatever its DATA_DIR. */
export function describeKeysFolder(): { KEYS_DIR: string; KEY_SNAPSHOT_DIR: string } {
  return { KEYS_DIR: resolve(keysFolder()), KEY_SNAPSHOT_DIR: resolve(snapshotFolder()) };
}
