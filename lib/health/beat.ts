import { readFileSync } from "node:fs";
import path from "node:path";
import { env } from "@/lib/env";
import { report } from "@/lib/observability";
import { once } from "@/lib/once";
import { look, type MoreParts } from "./look";
import type { Parts } from "./schema";
import { leave, listStandings, type Self, writeBeat } from "./store";

/** What a process says that has no build beside it; it cannot be compared. */
export const NO_BUILD = "source";
const BEAT_MS = 5_000;

type Heart = {
  self: Self | null;
  timer: NodeJS.Timeout | null;
  beating: Promise<void>;
  /** The last beat did not reach PostgreSQL. */
  missed: boolean;
  /** How the parts stood at the last beat. */
  known: Parts;
};

function heart(): Heart {
  return once("health.heart", () => ({
    self: null,
    timer: null,
    beating: Promise.resolve(),
    missed: false,
    known: {},
  }));
}

/** The id of the build that this process runs. */
export const buildId = (): string => once("health.build", readBuild);

function readBuild(): string {
  if (env.NODE_ENV === "development") {
    return "development";
  }
  try {
    return readFileSync(path.join(env.NEXT_DIST_DIR, "BUILD_ID"), "utf8").trim();
  } catch {
    // A worker runs from the sources, with or without a build beside them.
    return NO_BUILD;
  }
}

/** From now on this process says every five seconds that it lives and what it sees. */
export function startBeating(self: Omit<Self, "build">, more: MoreParts): void {
  const held = heart();
  held.self = { ...self, build: buildId() };
  const beatOnce = () => {
    held.beating = held.beating.then(() => beat(held, more));
  };
  held.timer ??= setInterval(beatOnce, BEAT_MS);
  held.timer.unref();
  beatOnce();
}

async function beat(held: Heart, more: MoreParts): Promise<void> {
  if (!held.self) {
    return;
  }
  try {
    await writeBeat(held.self, await look(more), held.missed);
    held.missed = false;
    held.known = Object.fromEntries(
      (await listStandings()).map(({ part, state }) => [part, state]),
    );
  } catch (error) {
    // Told once an outage: the requests tell it as well.
    if (!held.missed) {
      report(error, { where: "health.beat" });
    }
    held.missed = true;
  }
}

/** This process ends in order and is no longer on the list. */
export async function stopBeating(): Promise<void> {
  const held = heart();
  const { self } = held;
  if (!self) {
    return;
  }
  if (held.timer) {
    clearInterval(held.timer);
  }
  held.self = null;
  await held.beating;
  await leave(self.id);
}

/** How the parts stood, in the eyes of all processes, at this one's last beat. */
export function knownParts(): Parts {
  return heart().known;
}
