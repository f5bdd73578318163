import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import { type Author, importPage } from "@/lib/knowledge";
import type { ImportOptions, ImportResult } from "@/lib/knowledge/schema";

/** The files below a folder by their paths inside of it, in order; or the one file. What is hidden stays. */
export async function listPages(place: string): Promise<{ path: string; file: string }[]> {
  if ((await stat(place)).isFile()) {
    return [{ path: path.basename(place), file: place }];
  }
  const entries = await readdir(place, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .map((file) => ({ file, path: path.relative(place, file).split(path.sep).join("/") }))
    .filter(({ path: inside }) => !/(?:^|\/)\./.test(inside))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Imports all of a folder, one file after the other; a file that fails does not hold the others up. */
export async function importFolder(
  author: Author,
  place: string,
  options: ImportOptions,
  progress: (done: number, total: number, failed: number) => void,
): Promise<ImportResult[]> {
  const pages = await listPages(place);
  const results: ImportResult[] = [];
  for (const { path: inside, file } of pages) {
    results.push(await importPage(author, { path: inside, bytes: await readFile(file) }, options));
    const failed = results.filter(({ outcome }) => outcome === "failed").length;
    progress(results.length, pages.length, failed);
  }
  return results;
}
