import { readdirSync } from "node:fs";
import { reindexMessages } from "@/lib/conversation";
import { dataMap } from "@/lib/data-map";
import { enqueue } from "@/lib/job";
import {
  appendAudit,
  BackupRefused,
  checkBackup,
  countLeft,
  describeBackup,
  emptyDatabase,
  findReturned,
  finishRestore,
  flushCopies,
  listRequests,
  loadBackup,
  replayLedger,
  requireKeys,
} from "@/lib/privacy";
import { reindexSummaries } from "@/lib/summary";

type Say = (line: string) => void;

export type BroughtBack = {
  createdAt: string;
  tables: number;
  rows: number;
  keys: number;
  files: number;
  /** People whom the backup still had and the ledger says were erased; how many of them a key was there for. */
  erasedInBackup: number;
  erasedWithKey: number;
  /** What the replay left of them in any table. */
  erasedLeft: number;
  indexed: number;
  seconds: { load: number; replay: number; index: number };
};

type Options = {
  /** Applies these migrations (names joined by commas), or all. */
  migrate: (...words: string[]) => Promise<unknown>;
  say: Say;
  /** A scratch database beside a living installation: its Redis and its queue are left alone. */
  scratch?: boolean;
};

/**
 * Puts a backup into the database of this process, whatever was in it: schema of the backup's time, rows, newest keys,
 * later migrations, the erasure ledger replayed, search words made anew.
 */
export async function bringBack(
  file: string,
  { migrate, say, scratch = false }: Options,
): Promise<BroughtBack> {
  const { createdAt, migrations } = await describeBackup(file);
  await requireKeys();
  const timed = clock();
  await checkBackup(file);
  requireKnown(migrations);
  say("the backup is whole; the database is emptied now");
  await emptyDatabase();
  await migrate(migrations.join(","));
  const loaded = await loadBackup(file, say);
  if (listMigrations().some((name) => !migrations.includes(name))) {
    await migrate();
  }
  const load = timed();
  if (!scratch) {
    say(`${await flushCopies()} keys of an older time removed from Redis`);
  }
  const { ids, withKey } = await findReturned();
  const { erased, conversations } = await replayLedger(dataMap);
  const erasedLeft = await countLeft(ids, dataMap);
  say(`${erased} people erased and ${conversations} conversations deleted again by the ledger`);
  const replay = timed();
  const indexed = await index(say);
  const seconds = { load, replay, index: timed() };
  if (!scratch) {
    await callWaiting();
  }
  await finishRestore({ rows: loaded.rows });
  await appendAudit();
  const { tables, rows, keys, files } = loaded;
  const people = { erasedInBackup: ids.length, erasedWithKey: withKey, erasedLeft };
  return { createdAt, tables, rows, keys, files, ...people, indexed, seconds };
}

function listMigrations(): string[] {
  const entries = readdirSync("prisma/migrations", { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
}

function requireKnown(migrations: readonly string[]): void {
  const here = listMigrations();
  const unknown = migrations.filter((name) => !here.includes(name));
  if (unknown.length > 0) {
    throw new BackupRefused(
      `The backup was made by a newer version of Recollect: ${unknown.join(", ")} is not known here. Install that version, then restore.`,
    );
  }
}

function clock(): () => number {
  let began = performance.now();
  return () => {
    const seconds = Math.round(performance.now() - began) / 1000;
    began = performance.now();
    return seconds;
  };
}

async function index(say: Say): Promise<number> {
  let [messages, summaries] = [0, 0];
  for await (const count of reindexMessages()) {
    messages = count;
  }
  for await (const count of reindexSummaries()) {
    summaries = count;
  }
  say(`search words of ${messages} messages and ${summaries} summaries made anew`);
  return messages + summaries;
}

/** Requests whose jobs were not in the backup are given new ones. */
async function callWaiting(): Promise<void> {
  const everyone = { kind: "staff", id: "", role: "admin" } as const;
  for (const state of ["waiting", "running"] as const) {
    let before: string | undefined;
    do {
      const { requests, next } = await listRequests(everyone, { state, before, limit: 100 });
      for (const { id, kind } of requests) {
        await enqueue(null, kind === "export" ? "export" : "erase", { requestId: id });
      }
      before = next ?? undefined;
    } while (before);
  }
}
