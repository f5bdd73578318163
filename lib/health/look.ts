import { mkdir, statfs } from "node:fs/promises";
import { env } from "@/lib/env";
import { log, report } from "@/lib/observability";
import type { Disk, Parts, Sight } from "./schema";
import { probes } from "./store";

/** More parts that a process sees, from rooms that this one does not know: models, mail. */
export type MoreParts = () => Parts;

/** What this process sees of what it stands on, beside PostgreSQL, where that is written. */
export async function look(more: MoreParts): Promise<Sight> {
  const [redis, disk] = await Promise.all([answers("redis"), measureDisk()]);
  const parts: Parts = { redis: redis ? "up" : "down", ...more() };
  if (disk) {
    parts["disk"] = isLow(disk) ? "down" : "up";
  }
  return { parts, disk };
}

const LOW_BYTES = 2_000_000_000;
const LOW_SHARE = 0.03;

function isLow({ freeBytes, totalBytes }: Disk): boolean {
  return freeBytes < Math.min(LOW_BYTES, totalBytes * LOW_SHARE);
}

/** Says so and nothing else: no address, no error text. */
export async function answers(name: keyof typeof probes): Promise<boolean> {
  try {
    await probes[name]();
    return true;
  } catch (error) {
    log.warn({ event: "not_ready", name, reason: error instanceof Error ? error.name : "unknown" });
    return false;
  }
}

/** What an unprivileged process can still write below DATA_DIR. */
async function measureDisk(): Promise<Disk | null> {
  try {
    await mkdir(env.DATA_DIR, { recursive: true });
    const { bavail, blocks, bsize } = await statfs(env.DATA_DIR);
    return { freeBytes: bavail * bsize, totalBytes: blocks * bsize };
  } catch (error) {
    report(error, { where: "health.disk" });
    return null;
  }
}
