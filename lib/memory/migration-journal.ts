import { appendFileSync, mkdirSync, readFileSync, rmSync, statSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import type { Journal } from "./migrate";

const Line = z.object({ key: z.string(), reason: z.string().nullable() });
/** What was moved so long ago may have changed since. */
const FRESH_MS = 24 * 3_600_000;

/** A journal in a file of its own, a line a key; `end` removes it, because the next run is to look at everything anew. */
export function openJournal(file: string): Journal & { end: () => void } {
  mkdirSync(path.dirname(file), { recursive: true });
  if (!isFresh(file)) {
    rmSync(file, { force: true });
  }
  const done = new Map(readLines(file).map(({ key, reason }) => [key, reason]));
  return {
    done,
    note: (key, reason) => appendFileSync(file, `${JSON.stringify({ key, reason })}\n`),
    end: () => rmSync(file, { force: true }),
  };
}

function isFresh(file: string): boolean {
  const found = statSync(file, { throwIfNoEntry: false });
  return found !== undefined && Date.now() - found.mtimeMs < FRESH_MS;
}

function readLines(file: string): z.infer<typeof Line>[] {
  if (!statSync(file, { throwIfNoEntry: false })) {
    return [];
  }
  return readFileSync(file, "utf8")
    .split("\n")
    .flatMap((text) => {
      try {
        return [Line.parse(JSON.parse(text))];
      } catch {
        // The last line of a run that was killed may be half a line; that key is moved again.
        return [];
      }
    });
}
