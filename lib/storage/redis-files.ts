import { setTimeout as pause } from "node:timers/promises";
import type { Redis } from "ioredis";
import { makeRedis, serversOf } from "./redis-client";

/** How one server's files were written anew; `none` keeps nothing on a disk, `refused` does not let us. */
export type Rewritten = "append-only file" | "snapshot" | "none" | "refused";

const CONNECT_MS = 10_000;
const REWRITE_MS = 10 * 60_000;
const LOOK_MS = 50;

/**
 * Has every Redis server write its files anew from what it holds now, and waits for it: removed keys stay in an
 * append-only file until then. A connection of its own, and no breaker: whoever asks can wait.
 */
export async function rewriteRedisFiles(): Promise<Rewritten[]> {
  const client = makeRedis("rewrite");
  try {
    await until(() => Promise.resolve(client.status === "ready"), CONNECT_MS);
    const done: Rewritten[] = [];
    for (const server of serversOf(client)) {
      if (!server) {
        throw new Error("A node of the cluster is not answering");
      }
      done.push(await rewrite(server));
    }
    return done;
  } finally {
    client.disconnect();
  }
}

async function rewrite(server: Redis): Promise<Rewritten> {
  try {
    const before = await persistence(server);
    if (before("aof_enabled") === "1") {
      await asked(server, "BGREWRITEAOF");
      await until(async () => {
        const now = await persistence(server);
        return now("aof_rewrite_in_progress") === "0" && now("aof_rewrite_scheduled") === "0";
      }, REWRITE_MS);
      return wentWell((await persistence(server))("aof_last_bgrewrite_status"), "append-only file");
    }
    if (!(await keepsSnapshots(server))) {
      return "none";
    }
    await until(
      async () => (await persistence(server))("rdb_bgsave_in_progress") === "0",
      REWRITE_MS,
    );
    await asked(server, "BGSAVE");
    await until(
      async () => (await persistence(server))("rdb_bgsave_in_progress") === "0",
      REWRITE_MS,
    );
    return wentWell((await persistence(server))("rdb_last_bgsave_status"), "snapshot");
  } catch (error) {
    // A managed Redis keeps such commands for itself.
    if (error instanceof Error && /^(NOPERM|ERR unknown command)/.test(error.message)) {
      return "refused";
    }
    throw error;
  }
}

function wentWell(status: string | undefined, how: Rewritten): Rewritten {
  if (status !== "ok") {
    throw new Error(`Redis could not write its ${how} anew`);
  }
  return how;
}

async function asked(server: Redis, command: string): Promise<void> {
  try {
    await server.call(command);
  } catch (error) {
    // Another one is under way, which may have begun before: it is waited for, and asked for again.
    if (error instanceof Error && /in progress|scheduled/.test(error.message)) {
      await pause(LOOK_MS * 4);
      await asked(server, command);
      return;
    }
    throw error;
  }
}

async function keepsSnapshots(server: Redis): Promise<boolean> {
  const [, save = ""] = (await server.call("CONFIG", "GET", "save")) as string[];
  return save !== "";
}

async function persistence(server: Redis): Promise<(name: string) => string | undefined> {
  const told = String(await server.call("INFO", "persistence"));
  const lines = new Map(told.split(/\r?\n/).map((line) => line.split(":", 2) as [string, string]));
  return (name) => lines.get(name);
}

async function until(isSo: () => Promise<boolean>, patienceMs: number): Promise<void> {
  const end = performance.now() + patienceMs;
  while (!(await isSo())) {
    if (performance.now() > end) {
      throw new Error("Redis did not get ready in time");
    }
    await pause(LOOK_MS);
  }
}
