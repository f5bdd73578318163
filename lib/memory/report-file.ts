import { mkdir, readdir, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { env } from "@/lib/env";

const KEPT_MS = 24 * 3_600_000;

/** Writes a process's newest report over its last one, and removes those of processes that have been gone for a day. */
export async function writeReport(
  processId: string,
  { text, json }: { text: string; json: string },
  folder = path.join(env.DATA_DIR, "reports"),
): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, `memory-${processId}.txt`), text);
  await writeFile(path.join(folder, `memory-${processId}.json`), json);
  const names = (await readdir(folder)).filter((name) => /^memory-[\w-]+\.(txt|json)$/.test(name));
  for (const name of names) {
    const file = path.join(folder, name);
    // Another process may have removed it in the same moment.
    const written = await stat(file).catch(() => null);
    if (written && Date.now() - written.mtimeMs > KEPT_MS) {
      await rm(file, { force: true });
    }
  }
}
