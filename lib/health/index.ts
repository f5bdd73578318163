import "server-only";
import { knownParts, NO_BUILD } from "./beat";
import { answers } from "./look";
import type { Disk, Parts, Status } from "./schema";
import { countTurns, describePostgres, listProcesses, listStandings } from "./store";

/**
 * How this installation stands: which processes run, what they stand on, since when, and how much waits. Every process
 * tells it to the database every five seconds, so that the page is the same whichever process draws it.
 */
export { buildId, startBeating, stopBeating } from "./beat";
export type { Disk, PartState, Parts, ProcessView, Standing, Status } from "./schema";
export { closeConnections } from "./store";

/** The state of each part by name: PostgreSQL and Redis as they answer this process now, the rest as last heard. */
export async function checkHealth(): Promise<Parts> {
  const [postgres, redis] = await Promise.all([answers("postgres"), answers("redis")]);
  return { ...knownParts(), postgres: postgres ? "up" : "down", redis: redis ? "up" : "down" };
}

/** What the status page shows, as of now. */
export async function readStatus(): Promise<Status> {
  const [standings, listed, turns, postgres] = await Promise.all([
    listStandings(),
    listProcesses(),
    countTurns(),
    describePostgres(),
  ]);
  const living = listed.filter(({ alive }) => alive);
  return {
    standings,
    processes: listed.map(({ disk: _, ...view }) => view),
    builds: [...new Set(living.map(({ build }) => build))].filter((build) => build !== NO_BUILD),
    turns,
    disk: fullest(living.flatMap(({ disk }) => (disk ? [disk] : []))),
    postgres,
  };
}

function fullest(disks: readonly Disk[]): Disk | null {
  return disks.toSorted((one, other) => one.freeBytes - other.freeBytes)[0] ?? null;
}
