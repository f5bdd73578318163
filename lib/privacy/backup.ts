import { createReadStream, createWriteStream, renameSync } from "node:fs";
import { readdir, rm, writeFile } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { env } from "@/lib/env";
import { dataFrames, headFrame } from "./backup-frames";
import { BACKUP_MAGIC, type BackupHead, backupSealing, newBackupHead } from "./backup-key";
import { writeSnapshot } from "./key-snapshot";
import { keysFolder, snapshotFolder } from "./keys-folder";
import { copyLedger, ledgerEnd } from "./ledger-file";
import type { BackupEnd, BackupSection } from "./schema-backup";
import { sealChunks } from "./sealed-stream";
import { signValue } from "./signing";
import { listMigrations, noteBackup, openView } from "./store-backup";
import { type Sum, summed } from "./summed";
import { isMissing, privateFolder, syncFolder } from "./whole-file";

type Say = (line: string) => void;

export type BackupDone = {
  file: string;
  bytes: number;
  sha256: string;
  rows: number;
  tables: number;
  /** Wrapped keys in the key snapshot that was written with it. */
  keys: number;
  seconds: number;
  removed: string[];
};

type Options = { folder: string; keep?: number | undefined; say?: Say; now?: Date };

const NAME = /^recollect-\d{8}T\d{9}Z\.rcb$/;

/**
 * Writes a backup: one view of the database without keys and search words, and DATA_DIR's files without exports, sealed
 * under the backup key, streamed in constant memory. Afterwards the newest key snapshot and a copy of the ledger are
 * written in their own folder. With `keep`, only so many of the newest backups stay.
 */
export async function writeBackup({
  folder,
  keep,
  say = () => undefined,
  now = new Date(),
}: Options): Promise<BackupDone> {
  const began = performance.now();
  privateFolder(folder);
  const stamp = now.toISOString().replaceAll(/[-:.]/g, "");
  const file = join(folder, `recollect-${stamp}.rcb`);
  const end: BackupEnd = { kind: "end", tables: [], files: [], ledger: ledgerEnd() };
  const draft = `${file}.draft`;
  const whole = await writeSealed(draft, contents(end, folder, now, say), now);
  renameSync(draft, file);
  syncFolder(folder);
  const keys = await writeSnapshot(now);
  copyLedger();
  say(`key snapshot: ${keys} keys in ${snapshotFolder()}`);
  const rows = end.tables.reduce((sum, table) => sum + table.rows, 0);
  const seconds = Math.round(performance.now() - began) / 1000;
  const { kind: _, ...counted } = end;
  await writeManifest(file, { ...whole, createdAt: now.toISOString(), seconds, rows, ...counted });
  await noteBackup({ at: now.toISOString(), rows, bytes: whole.bytes });
  const removed = keep ? await prune(folder, keep) : [];
  return { file, ...whole, rows, tables: end.tables.length, keys, seconds, removed };
}

async function writeSealed(file: string, source: AsyncGenerator<Buffer>, now: Date) {
  const head = newBackupHead(now);
  let whole: Omit<Sum, "rows"> = { bytes: 0, sha256: "" };
  await pipeline(
    Readable.from(source, { objectMode: false }),
    createGzip({ level: 1 }),
    (bytes: AsyncIterable<Uint8Array>) => sealed(head, bytes),
    (bytes: AsyncIterable<Uint8Array>) =>
      summed(bytes, ({ bytes: size, sha256 }) => {
        whole = { bytes: size, sha256 };
      }),
    createWriteStream(file, { mode: 0o600, flush: true }),
  );
  return whole;
}

async function* sealed(head: BackupHead, bytes: AsyncIterable<Uint8Array>) {
  const sealing = backupSealing(head);
  if (!sealing) {
    throw new Error("The backup key was removed while the backup was made");
  }
  const text = Buffer.from(JSON.stringify(head));
  const length = Buffer.alloc(2);
  length.writeUInt16BE(text.length);
  yield Buffer.concat([BACKUP_MAGIC, length, text]);
  yield* sealChunks(sealing, bytes);
}

/** Everything in its order. Files come before tables: a mark of the audit chain must not be newer than the chain. */
async function* contents(
  end: BackupEnd,
  folder: string,
  now: Date,
  say: Say,
): AsyncGenerator<Buffer> {
  const migrations = await listMigrations();
  const start = { kind: "start", format: "recollect-backup", version: 1 } as const;
  yield headFrame({ ...start, createdAt: now.toISOString(), migrations } satisfies BackupSection);
  for (const path of await dataFiles(folder)) {
    yield headFrame({ kind: "file", path } satisfies BackupSection);
    const source = createReadStream(join(env.DATA_DIR, path));
    const note = ({ bytes, sha256 }: Sum) => end.files.push({ path, bytes, sha256 });
    yield* dataFrames(summed(source, note));
  }
  yield* tables(end, migrations, say);
  yield headFrame(end);
}

async function* tables(end: BackupEnd, migrations: string[], say: Say): AsyncGenerator<Buffer> {
  const view = await openView();
  try {
    if (view.migrations.join() !== migrations.join()) {
      throw new Error("The database was migrated while the backup began: run it again");
    }
    for (const shape of view.tables) {
      yield headFrame({ kind: "table", ...shape } satisfies BackupSection);
      const note = ({ rows, bytes, sha256 }: Sum) => {
        end.tables.push({ name: shape.name, rows, bytes, sha256 });
        say(`${shape.name}: ${rows} rows`);
      };
      yield* dataFrames(summed(view.read(shape), note));
    }
  } finally {
    await view.close();
  }
}

/** DATA_DIR's files by their paths in it: without exports, and without keys and backups where those lie in it. */
async function dataFiles(backups: string): Promise<string[]> {
  const within = (folder: string) => relative(env.DATA_DIR, resolve(folder));
  const skipped = ["exports", "keys", ...[keysFolder(), snapshotFolder(), backups].map(within)];
  const entries = await readdir(env.DATA_DIR, { recursive: true, withFileTypes: true }).catch(
    (error: unknown) => {
      if (isMissing(error)) {
        return [];
      }
      throw error;
    },
  );
  return entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(env.DATA_DIR, join(parentPath, name)))
    .filter((path) => !skipped.some((each) => path === each || path.startsWith(`${each}/`)))
    .sort();
}

type Manifest = Omit<BackupEnd, "kind"> & {
  bytes: number;
  sha256: string;
  createdAt: string;
  seconds: number;
  rows: number;
};

/** The same counts in clear beside the backup, signed, for whoever keeps it and may not open it. */
async function writeManifest(file: string, manifest: Manifest): Promise<void> {
  const signed = { manifest, ...signValue(manifest) };
  await writeFile(`${file}.json`, `${JSON.stringify(signed, null, 2)}\n`, { mode: 0o600 });
}

async function prune(folder: string, keep: number): Promise<string[]> {
  const names = (await readdir(folder)).filter((name) => NAME.test(name)).sort();
  const removed = names.slice(0, Math.max(0, names.length - keep));
  for (const name of removed) {
    await rm(join(folder, name));
    await rm(join(folder, `${name}.json`), { force: true });
  }
  return removed;
}
