import { createWriteStream, existsSync, renameSync } from "node:fs";
import { dirname, isAbsolute, join, normalize } from "node:path";
import { pipeline } from "node:stream/promises";
import { env } from "@/lib/env";
import { describeSnapshot, readSnapshot } from "./key-snapshot";
import { freshKeyring } from "./keyring";
import { LedgerBroken, personOf, walkLedger } from "./ledger";
import { ledgerCopy, ledgerEnd, ledgerFile, ledgerLines } from "./ledger-file";
import { BackupRefused, openBackup, type ReadSection } from "./read-backup";
import type { BackupEnd } from "./schema-backup";
import type { LedgerEnd } from "./schema-ledger";
import { type Load, loadAll } from "./store-restore";
import { type Sum, summed } from "./summed";
import { privateFolder } from "./whole-file";

type Say = (line: string) => void;

const CHECKPOINTS = join("audit", "checkpoints.jsonl");

export type Loaded = {
  tables: number;
  rows: number;
  keys: number;
  /** Keys of the snapshot that were left out, because the ledger says that their owners were erased. */
  keysOfErased: number;
  files: number;
};

/** What a restore needs beside the backup. Throws BackupRefused, with what to do, where something is missing. */
export async function requireKeys(): Promise<{ snapshotAt: string; keys: number }> {
  const snapshot = describeSnapshot();
  if (!snapshot) {
    throw new BackupRefused(
      "There is no key snapshot: without keys nothing of the backup opens. Put the newest keys.rck into KEY_SNAPSHOT_DIR.",
    );
  }
  const ring = freshKeyring();
  const missing = snapshot.keks.filter((id) => !ring.keys.has(id));
  if (missing.length > 0) {
    throw new BackupRefused(
      `The key snapshot lies under ${missing.join(", ")}, which the keyring does not hold. Put the newest key snapshot and the newest keyring back: they belong together since the last rotation.`,
    );
  }
  await requireLedger(ledgerEnd(ledgerCopy()));
  return { snapshotAt: snapshot.createdAt, keys: snapshot.count };
}

/** The ledger must be whole, and go at least as far as its copy and as the backup knew it. */
async function requireLedger(known: LedgerEnd): Promise<void> {
  try {
    for await (const _ of walkLedger(ledgerLines(), known, { all: true })) {
      // Nothing to do but to look.
    }
  } catch (cause) {
    if (cause instanceof LedgerBroken) {
      throw new BackupRefused(
        `${cause.message} It belongs at ${ledgerFile()}, its newest copy lies at ${ledgerCopy()}. Without it, erased people would come back.`,
        { cause },
      );
    }
    throw cause;
  }
}

/**
 * Fills an empty database from a backup, with the newest keys, in one transaction; then puts its files into DATA_DIR.
 * Every table and file is compared with what the backup counted when it was made.
 */
export async function loadBackup(file: string, say: Say = () => undefined): Promise<Loaded> {
  const staged: string[] = [];
  const loaded = await loadAll(async (load) => {
    const end = await walk(file, (section, sums) => take(section, load, sums, say));
    staged.push(...end.files.map(({ path }) => path));
    const keys = await addKeys(load);
    const rows = end.tables.reduce((sum, table) => sum + table.rows, 0);
    return { tables: end.tables.length, rows, ...keys, files: end.files.length };
  });
  // Marks of the replaced chain would say that the restored one was cut off.
  setAside(CHECKPOINTS);
  for (const path of staged) {
    putInPlace(path);
  }
  return loaded;
}

/** Reads a backup to its end before anything is replaced by it: every byte opens, and it holds what it counted. */
export async function checkBackup(file: string): Promise<void> {
  await walk(file, async ({ head, data }, { tables, files }) => {
    const note = (sum: Sum) => {
      if (head.kind === "table") {
        tables.set(head.name, sum);
      } else if (head.kind === "file") {
        files.set(head.path, sum);
      }
    };
    for await (const _ of summed(data(), note)) {
      // Only counted.
    }
  });
}

type Sums = { tables: Map<string, Sum>; files: Map<string, Sum> };

async function walk(
  file: string,
  visit: (section: ReadSection, sums: Sums) => Promise<void>,
): Promise<BackupEnd> {
  const sums: Sums = { tables: new Map(), files: new Map() };
  let end: BackupEnd | null = null;
  for await (const section of openBackup(file)) {
    if (end) {
      throw new BackupRefused("The backup goes on behind its end.");
    }
    if (section.head.kind === "end") {
      end = section.head;
    } else {
      await visit(section, sums);
    }
  }
  if (!end) {
    throw new BackupRefused("The backup is cut off.");
  }
  requireSame(end, sums);
  await requireLedger(end.ledger);
  return end;
}

async function take(
  { head, data }: ReadSection,
  load: Load,
  { tables, files }: Sums,
  say: Say,
): Promise<void> {
  if (head.kind === "file") {
    const path = checkedPath(head.path);
    privateFolder(dirname(path));
    const note = (sum: Sum) => files.set(head.path, sum);
    const draft = createWriteStream(`${path}.restored`, { mode: 0o600, flush: true });
    await pipeline(summed(data(), note), draft);
  }
  if (head.kind === "table") {
    const known = load.tables.find(({ name }) => name === head.name);
    if (!known || head.columns.some((column) => !known.columns.includes(column))) {
      throw new BackupRefused(`The backup's table ${head.name} is not what the migrations make.`);
    }
    const rows = await load.fill(
      head,
      summed(data(), (sum) => tables.set(head.name, sum)),
    );
    say(`${head.name}: ${rows} rows`);
  }
}

function checkedPath(path: string): string {
  if (isAbsolute(path) || normalize(path).startsWith("..")) {
    throw new BackupRefused("The backup names a file outside of DATA_DIR.");
  }
  return join(env.DATA_DIR, path);
}

function requireSame(end: BackupEnd, { tables, files }: Sums): void {
  const wrong = [
    ...end.tables.filter(({ name, rows, sha256 }) => {
      const sum = tables.get(name);
      return sum?.sha256 !== sha256 || sum.rows !== rows;
    }),
    ...end.files
      .filter(({ path, sha256 }) => files.get(path)?.sha256 !== sha256)
      .map(({ path }) => ({ name: path })),
  ].map(({ name }) => name);
  if (wrong.length > 0 || tables.size !== end.tables.length || files.size !== end.files.length) {
    throw new BackupRefused(`The backup does not hold what it counted: ${wrong.join(", ")}`);
  }
}

async function addKeys(load: Load): Promise<{ keys: number; keysOfErased: number }> {
  const erased = new Set<string>();
  for await (const line of walkLedger(ledgerLines())) {
    if ("person" in line) {
      erased.add(line.person);
    }
  }
  let [keys, keysOfErased] = [0, 0];
  for (const held of readSnapshot()) {
    const living = held.filter(({ ownerId }) => !erased.has(personOf(ownerId)));
    await load.addKeys(living);
    keys += living.length;
    keysOfErased += held.length - living.length;
  }
  return { keys, keysOfErased };
}

function putInPlace(path: string): void {
  setAside(path);
  renameSync(`${checkedPath(path)}.restored`, checkedPath(path));
}

// What lay there belongs to the database that was replaced. It is kept until the next restore.
function setAside(path: string): void {
  const file = checkedPath(path);
  if (existsSync(file)) {
    renameSync(file, `${file}.before-restore`);
  }
}
