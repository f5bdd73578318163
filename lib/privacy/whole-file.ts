import { randomBytes } from "node:crypto";
import {
  closeSync,
  fchmodSync,
  fchownSync,
  fstatSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";
import { newId } from "@/lib/id";

/** True when there is no such file or folder. */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}

/** Makes a folder that only its owner enters. */
export function privateFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
}

/** Writes what is in a folder's list to the disk, so that a rename survives a power cut. */
export function syncFolder(folder: string): void {
  const handle = openSync(folder, "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/**
 * Replaces a secret file whole or not at all, and overwrites what the old one held.
 *
 * The overwriting is the most that a program can do: a file system that copies on write, a disk that spreads its wear
 * and a snapshot of either keep the old blocks for as long as they like.
 */
export function replaceSecret(file: string, text: string): void {
  const old = openSync(file, "r+");
  try {
    const { uid, gid, mode, size } = fstatSync(old);
    const draft = `${file}.${process.pid}.draft`;
    const handle = openSync(draft, "w", 0o600);
    try {
      writeSync(handle, text);
      fchmodSync(handle, mode & 0o700);
      // The product may run as another user than whoever rotates its keys.
      fchownSync(handle, uid, gid);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(draft, file);
    syncFolder(dirname(file));
    writeSync(old, randomBytes(size), 0, size, 0);
    fsyncSync(old);
  } finally {
    closeSync(old);
  }
}

/** Reads a secret file, or makes it: of two processes that begin together one wins, and both read what it made. */
export function readOrMakeSecret(file: string, make: () => string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (!isMissing(error)) {
      throw error;
    }
  }
  privateFolder(dirname(file));
  const aside = `${file}.${newId()}`;
  const handle = openSync(aside, "wx", 0o600);
  try {
    writeSync(handle, make());
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  try {
    linkSync(aside, file);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) {
      throw error;
    }
  } finally {
    rmSync(aside);
  }
  syncFolder(dirname(file));
  return readFileSync(file, "utf8");
}
