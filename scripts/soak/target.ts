import { end } from "@/scripts/setup/identity.mjs";
import { isFree } from "@/scripts/setup/ports.mjs";
import { startPostgres } from "@/scripts/setup/postgres.mjs";
import { findChild } from "@/scripts/setup/processes.mjs";
import { startRedis } from "@/scripts/setup/redis.mjs";
import { familyOf, type Member, outlive, signal } from "./family";
import type { Deed } from "./schedule";

/** Something that can go wrong and be put right. `heal` brings it back from whatever was done to it last. */
export type Target = {
  name: string;
  strike(deed: Deed): Promise<void>;
  heal(): Promise<void>;
};

type Running = Member & { signal: string; graceMs: number };

/** A program that `find` finds while it runs and `start` starts again in its place. */
export function targetOf(
  name: string,
  find: () => Running | null,
  start: () => Promise<unknown>,
): Target {
  let frozen: Member[] = [];
  return {
    name,
    async strike(deed) {
      const running = find();
      if (!running) {
        throw new Error(`${name} does not run.`);
      }
      const family = familyOf(running);
      if (deed === "freeze") {
        frozen = family;
        for (const member of family) {
          signal(member, "SIGSTOP");
        }
      } else if (deed === "kill") {
        signal(running, "SIGKILL");
        await outlive(family);
      } else {
        await end(running);
        await outlive(family);
      }
    },
    async heal() {
      // The parent last: its children are as they were when it looks at them.
      for (const member of frozen.toReversed()) {
        signal(member, "SIGCONT");
      }
      frozen = [];
      if (!find()) {
        await start();
      }
    },
  };
}

/** PostgreSQL or Redis: it has to come back on the port that everybody knows. */
export function serviceTarget(
  name: "postgres" | "redis",
  url: string,
  start: () => Promise<string>,
): Target {
  const { port } = new URL(url);
  return targetOf(
    name,
    () => findChild(name),
    async () => {
      for (const until = Date.now() + 10_000; !(await isFree(Number(port))); ) {
        if (Date.now() > until) {
          throw new Error(`Port ${port} of ${name} stays taken.`);
        }
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      const back = new URL(await start()).port;
      if (back !== port) {
        throw new Error(`${name} came back on port ${back} instead of ${port}.`);
      }
    },
  );
}

type Slot = { name: string; running: { entry: Running } | null; start: () => Promise<unknown> };
type Cluster = { web: Slot[]; workers: Slot[] };

/** Everything that the product consists of. */
export function targetsOf(
  place: Parameters<typeof startPostgres>[0],
  { DATABASE_URL = "", REDIS_URL = "" }: Record<string, string>,
  { web, workers }: Cluster,
): Target[] {
  const processes = [...web, ...workers].map((slot) =>
    targetOf(slot.name, () => findChild(slot.name), slot.start),
  );
  return [
    ...processes,
    serviceTarget("redis", REDIS_URL, () => startRedis(place)),
    serviceTarget("postgres", DATABASE_URL, () => startPostgres(place)),
  ];
}
