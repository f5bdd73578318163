import {
  closeSync,
  copyFileSync,
  createReadStream,
  existsSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readSync,
  renameSync,
  writeSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { keysFolder, snapshotFolder } from "./keys-folder";
import { endOf, readLine } from "./ledger";
import type { LedgerEnd } from "./schema-ledger";
import { privateFolder, syncFolder } from "./whole-file";

const NAME = "erasure-ledger.jsonl";
// A line is some 500 bytes.
const TAIL_BYTES = 8_192;

export function ledgerFile(): string {
  return join(keysFolder(), NAME);
}

/** The copy beside the key snapshot: what is taken elsewhere is taken elsewhere together. */
export function ledgerCopy(): string {
  return join(snapshotFolder(), NAME);
}

/** The whole lines of a ledger's file; none where there is no file. */
export async function* ledgerLines(file = ledgerFile()): AsyncGenerator<string> {
  if (!existsSync(file)) {
    return;
  }
  const handle = openSync(file, "r");
  // A last line without its end was never acknowledged: whoever appends next removes it.
  const end = wholeBytes(handle) - 1;
  closeSync(handle);
  if (end > 0) {
    yield* createInterface({ input: createReadStream(file, { end }), crlfDelay: Infinity });
  }
}

function wholeBytes(handle: number): number {
  return tailOf(handle).whole;
}

/** The last whole line of an open file, and where it ends. */
function tailOf(handle: number): { whole: number; last: string | null } {
  const { size } = fstatSync(handle);
  const from = Math.max(0, size - TAIL_BYTES);
  const bytes = Buffer.alloc(size - from);
  readSync(handle, bytes, 0, bytes.length, from);
  const end = bytes.lastIndexOf(10);
  if (end < 0) {
    return { whole: 0, last: null };
  }
  const begin = bytes.lastIndexOf(10, end - 1) + 1;
  return { whole: from + end + 1, last: bytes.subarray(begin, end).toString("utf8") };
}

/** Where a ledger's file ends now. */
export function ledgerEnd(file = ledgerFile()): LedgerEnd {
  if (!existsSync(file)) {
    return endOf(null);
  }
  const handle = openSync(file, "r");
  try {
    const { last } = tailOf(handle);
    return endOf(last === null ? null : readLine(last, 0));
  } finally {
    closeSync(handle);
  }
}

/** Appends one line and waits until the disk has it. */
export function appendLine(text: string, file = ledgerFile()): void {
  privateFolder(dirname(file));
  const isNew = !existsSync(file);
  const handle = openSync(file, isNew ? "wx+" : "r+", 0o600);
  try {
    const { whole } = tailOf(handle);
    if (whole < fstatSync(handle).size) {
      ftruncateSync(handle, whole);
    }
    writeSync(handle, text, whole);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  if (isNew) {
    syncFolder(dirname(file));
  }
}

/** Puts the newest copy of the ledger beside the key snapshot. */
export function copyLedger(): void {
  if (existsSync(ledgerFile())) {
    const draft = `${ledgerCopy()}.draft`;
    copyFileSync(ledgerFile(), draft);
    renameSync(draft, ledgerCopy());
  }
}
