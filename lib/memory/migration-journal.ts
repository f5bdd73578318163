import { createHash } from "node:crypto";
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, statSync } from "node:fs";
import path from "node:path";
import type { Journal } from "./migrate";

/** What was moved so long ago may have changed since. */
const FRESH_MS = 24 * 3_600_000;

/**
 * A journal in a file of its own, a line a key, hashed: keys of other programs may be names. `end` removes it, because
 * the next run is to look at everything anew. A line that a killed run has half written counts as not there.
 */
export function openJournal(file: string): Journal & { end: () => void } {
  mkdirSync(path.dirname(file), { recursive: true });
  if (existsSync(file) && Date.now() - statSync(file).mtimeMs >= FRESH_MS) {
    rmSync(file);
  }
  const arrived = new Set(existsSync(file) ? readFileSync(file, "utf8").split("\n") : []);
  return {
    has: (key) => arrived.has(hashOf(key)),
    note: (key) => appendFileSync(file, `${hashOf(key)}\n`),
    end: () => rmSync(file, { force: true }),
  };
}

function hashOf(key: string): string {
  return createHash("sha256").update(key).digest("hex");
}
