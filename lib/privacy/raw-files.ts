import { readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { open } from "node:fs/promises";
import { basename, delimiter, dirname, join, relative } from "node:path";
import { env } from "@/lib/env";
import { keysFolder, snapshotFolder } from "./keys-folder";
import type { ServerFacts } from "./store-raw";
import type { TraceFinder } from "./trace-finder";
import { isMissing } from "./whole-file";

export type RawPlace = "PostgreSQL's files" | "Redis's files" | "The product's files";
export type RawFile = { path: string; shown: string; place: RawPlace };
/** What stands in one file: which traces, and at how many places. */
export type RawHits = { file: RawFile; traces: Map<number, number> };

const CHUNK_BYTES = 1024 * 1024;
const CONTROL = join("global", "pg_control");

/** Everything of this installation on this machine that can be searched: what SERVER_FILES names, and what is ours. */
export function listRawFiles(facts: ServerFacts): { files: RawFile[]; hasPostgres: boolean } {
  const folders = (env.SERVER_FILES ?? "").split(delimiter).filter((each) => each !== "");
  const all = folders.flatMap((folder) => walk(folder).map((path) => ({ path, folder })));
  const clusters = all
    .map(({ path }) => path)
    .filter((path) => path.endsWith(CONTROL) && systemIdOf(path) === facts.systemId)
    .map((path) => dirname(dirname(path)));
  const servers = all.flatMap(({ path, folder }) => {
    const cluster = clusters.find((each) => path.startsWith(`${each}/`));
    if (!cluster) {
      return [serverFile(path, folder)];
    }
    const shown = relative(cluster, path);
    // Other databases of the same server are not this installation's.
    const isOther = shown.startsWith("base/") && !shown.startsWith(`base/${facts.databaseOid}/`);
    return isOther ? [] : [{ path, shown, place: "PostgreSQL's files" } as const];
  });
  const own = [env.DATA_DIR, keysFolder(), snapshotFolder()].flatMap((folder) =>
    walk(folder).map((path): RawFile => {
      const shown = join(basename(folder), relative(folder, path));
      return { path, shown, place: "The product's files" };
    }),
  );
  const files = new Map([...own, ...servers].map((file) => [file.path, file]));
  return { files: [...files.values()], hasPostgres: clusters.length > 0 };
}

// A server's log lies beside its folder, and a rewritten file of Redis may have any name.
function serverFile(path: string, folder: string): RawFile {
  const shown = relative(folder, path);
  const place = /postgres/.test(basename(path)) ? "PostgreSQL's files" : "Redis's files";
  return { path, shown, place };
}

/** Every ordinary file below a folder, links followed once; none where there is no such folder. */
function walk(folder: string, seen = new Set<string>()): string[] {
  try {
    const real = realpathSync(folder);
    if (seen.has(real)) {
      return [];
    }
    seen.add(real);
    return readdirSync(real).flatMap((name) => {
      const path = join(real, name);
      const stat = statSync(path, { throwIfNoEntry: false });
      if (stat?.isDirectory()) {
        return walk(path, seen);
      }
      return stat?.isFile() ? [path] : [];
    });
  } catch (error) {
    if (isMissing(error)) {
      return [];
    }
    throw error;
  }
}

function systemIdOf(control: string): string {
  return readFileSync(control).readBigUInt64LE(0).toString();
}

/** Searches files one after the other, a megabyte at a time. What is gone meanwhile holds nothing. */
export async function searchFiles(
  files: readonly RawFile[],
  finder: TraceFinder,
): Promise<{ bytes: Map<RawPlace, number>; hits: RawHits[] }> {
  const bytes = new Map<RawPlace, number>();
  const hits: RawHits[] = [];
  for (const file of files) {
    const { size, traces } = await searchFile(file.path, finder);
    bytes.set(file.place, (bytes.get(file.place) ?? 0) + size);
    if (traces.size > 0) {
      hits.push({ file, traces });
    }
  }
  return { bytes, hits };
}

async function searchFile(path: string, finder: TraceFinder) {
  const traces = new Map<number, number>();
  let size = 0;
  try {
    const handle = await open(path, "r");
    try {
      const search = searcher(finder, traces);
      const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
      for (;;) {
        const { bytesRead } = await handle.read(chunk, 0, CHUNK_BYTES);
        if (bytesRead === 0) {
          break;
        }
        size += bytesRead;
        search(chunk.subarray(0, bytesRead));
      }
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (!isMissing(error)) {
      throw error;
    }
  }
  return { size, traces };
}

/** Searches what comes in pieces as if it came whole; what is found is counted by trace. */
export function searcher(
  finder: TraceFinder,
  traces: Map<number, number>,
): (piece: Uint8Array) => void {
  let carried = Buffer.alloc(0);
  return (piece) => {
    const bytes = carried.length > 0 ? Buffer.concat([carried, piece]) : piece;
    for (const { trace, at, length } of finder.find(bytes)) {
      // Else it lay in what was searched before.
      if (at + length > carried.length) {
        traces.set(trace, (traces.get(trace) ?? 0) + 1);
      }
    }
    carried = Buffer.from(bytes.subarray(Math.max(0, bytes.length - finder.longest + 1)));
  };
}
