import { appendFile, mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { env } from "@/lib/env";
import { Checkpoint } from "./schema-audit";
import { signValue } from "./signing";

// One JSON line each, only ever appended. Outside the database, so that who rewrites the chain cannot rewrite these.
function checkpointFile(): string {
  return join(env.DATA_DIR, "audit", "checkpoints.jsonl");
}

/** Signs the chain's end and appends it to DATA_DIR/audit/checkpoints.jsonl. */
export async function writeCheckpoint(end: { seq: number; hash: string }): Promise<void> {
  const mark = { seq: end.seq, hash: end.hash, at: new Date().toISOString() };
  await mkdir(join(env.DATA_DIR, "audit"), { recursive: true, mode: 0o700 });
  const line = `${JSON.stringify({ ...mark, ...signValue(mark) })}\n`;
  await appendFile(checkpointFile(), line, { mode: 0o600 });
}

/** Every checkpoint written so far; an unreadable line is a fault worth an error. */
export async function readCheckpoints(): Promise<Checkpoint[]> {
  let lines: string;
  try {
    lines = await readFile(checkpointFile(), "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") {
      return [];
    }
    throw error;
  }
  return lines
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => Checkpoint.parse(JSON.parse(line)));
}
