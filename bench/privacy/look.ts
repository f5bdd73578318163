import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/**
 * How often some bytes stand in the files below some folders: by reading them whole, so that it shares nothing with the
 * search that the product signs.
 */
export function countInFiles(folders: readonly string[], needles: readonly Buffer[]): number {
  return folders.flatMap(listFiles).reduce((sum, file) => sum + countIn(file, needles), 0);
}

function listFiles(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat?.isDirectory()) {
      return listFiles(path);
    }
    return stat?.isFile() ? [path] : [];
  });
}

function countIn(file: string, needles: readonly Buffer[]): number {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    // Servers remove files while they are listed.
    if (error instanceof Error && "code" in error && error.code === "ENOENT") {
      return 0;
    }
    throw error;
  }
  let count = 0;
  for (const needle of needles) {
    for (let at = bytes.indexOf(needle); at >= 0; at = bytes.indexOf(needle, at + 1)) {
      count += 1;
    }
  }
  return count;
}
