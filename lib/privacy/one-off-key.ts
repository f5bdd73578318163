import { randomBytes } from "node:crypto";
import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { Id } from "@/lib/id";
import { keysFolder } from "./keys-folder";
import type { SubjectKey } from "./schema";
import { subjectKey } from "./subject-key";
import { isMissing, readOrMakeSecret, syncFolder } from "./whole-file";

/*
 * What an erasure looks for in its second stage is the person once more, so it is sealed under a key that lies in a file
 * of its own beside the keyring and in no database, log or backup: with that one file the plan is gone.
 */
const ENDING = ".key";
/** A plan is stored within seconds of its key. */
const STRAY_MS = 3_600_000;

function folder(): string {
  return join(keysFolder(), "erasures");
}

function fileOf(requestId: string): string {
  return join(folder(), `${Id.parse(requestId)}${ENDING}`);
}

/** The key of one erasure, made at first use; whoever resumes the erasure gets the same one. */
export function makeOneOffKey(requestId: string): SubjectKey {
  const made = readOrMakeSecret(fileOf(requestId), () => randomBytes(32).toString("base64"));
  return subjectKey(requestId, 1, Buffer.from(made, "base64"));
}

/** The key of one erasure, or null where its file is gone. */
export function findOneOffKey(requestId: string): SubjectKey | null {
  try {
    return subjectKey(requestId, 1, Buffer.from(readFileSync(fileOf(requestId), "utf8"), "base64"));
  } catch (error) {
    if (isMissing(error)) {
      return null;
    }
    throw error;
  }
}

/** Overwrites the key's file and removes it. Doing it twice does no more. */
export function destroyOneOffKey(requestId: string): void {
  const file = fileOf(requestId);
  if (!existsSync(file)) {
    return;
  }
  const handle = openSync(file, "r+");
  try {
    const { size } = fstatSync(handle);
    writeSync(handle, randomBytes(size), 0, size, 0);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  rmSync(file, { force: true });
  syncFolder(folder());
}

/** The erasures whose keys have lain here for an hour. */
export function listOldKeys(now = Date.now()): string[] {
  if (!existsSync(folder())) {
    return [];
  }
  return readdirSync(folder())
    .filter((name) => name.endsWith(ENDING) && Id.safeParse(name.slice(0, -ENDING.length)).success)
    .filter((name) => now - statSync(join(folder(), name)).mtimeMs > STRAY_MS)
    .map((name) => name.slice(0, -ENDING.length));
}
