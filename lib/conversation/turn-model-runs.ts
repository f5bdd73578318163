import { close, replaced, spent } from "./turn-model-rows";
import {
  idle,
  type Rules,
  type Run,
  type RunDeed,
  rules,
  type Turn,
  type World,
} from "./turn-model-world";
import { ATTEMPTS_MAX } from "./turn-rules";

/** The turn that can be claimed now; there is one at most. */
export function claimable(world: World, held: Rules = rules): number {
  if (world.owner !== "AI") {
    return -1;
  }
  const taken = held.oneRunning && world.turns.some(({ state }) => state === "running");
  return world.turns.findIndex(({ state, leased, attempts, stopped }) => {
    const free = state === "pending" ? !taken : state === "running" && !leased && held.takesOver;
    return free && attempts < ATTEMPTS_MAX && !stopped;
  });
}

function claim(world: World, who: number, held: Rules): World {
  const at = claimable(world, held);
  const turn = world.turns[at];
  if (!turn || world.runs[who]?.phase !== "idle") {
    return world;
  }
  const generation = world.generation + 1;
  const claimed = {
    state: "running" as const,
    generation,
    attempts: turn.attempts + 1,
    leased: true,
    ...(!held.keepsPlace && { answerSeq: null }),
  };
  const run: Run = {
    ...idle,
    phase: "thinking",
    turn: at,
    generation,
    throughSeq: turn.throughSeq,
  };
  const turns = replaced(world.turns, at, claimed);
  return { ...world, generation, turns, runs: replaced(world.runs, who, run) };
}

/** The runner's own turn as the doors see it: undefined when it is not its own any more. */
function mine(world: World, run: Run, held: Rules): Turn | undefined {
  const turn = world.turns[run.turn];
  const unfenced = held.fenced
    ? turn?.generation === run.generation && world.generation === run.generation
    : true;
  const owned = !held.owned || world.owner === "AI";
  const alive = !held.asksState || turn?.state === "running";
  return unfenced && owned && alive ? turn : undefined;
}

/** What a runner does: each a door, entered with what it remembers. */
export function runStep(world: World, who: number, what: RunDeed, held: Rules): World {
  const run = world.runs[who];
  if (!run || run.phase === "dead") {
    return world;
  }
  if (what === "claim") {
    return claim(world, who, held);
  }
  if (what === "crash") {
    const runs = replaced(world.runs, who, { ...idle, phase: "dead" });
    return { ...world, runs, left: spent(world, "crashes") };
  }
  if (what === "say") {
    return say(world, who, run, held);
  }
  const turn = mine(world, run, held);
  const home = replaced(world.runs, who, idle);
  if (!turn) {
    return { ...world, runs: home };
  }
  return what === "start" || what === "keep" || what === "beat"
    ? goOn(world, { who, run, turn }, what, held)
    : finish({ ...world, runs: home }, run, what, held);
}

// The log asks for nothing but the generation.
function say(world: World, who: number, run: Run, held: Rules): World {
  const said = `${run.said}${run.generation}.`;
  const runs = replaced(world.runs, who, { said });
  const refused = held.logFenced && run.generation < world.log.generation;
  const log = refused ? world.log : { generation: run.generation, said: run.generation };
  return { ...world, runs, log };
}

type Mine = { who: number; run: Run; turn: Turn };

function goOn(
  world: World,
  { who, run, turn }: Mine,
  what: "start" | "keep" | "beat",
  held: Rules,
): World {
  if (what === "start") {
    return start(world, { who, run, turn }, held);
  }
  const kept = what === "keep" ? { kept: run.said } : {};
  const heard = turn.stopped ? { phase: "stopping" as const } : {};
  return {
    ...world,
    turns: replaced(world.turns, run.turn, { ...kept, leased: true }),
    runs: replaced(world.runs, who, { ...kept, ...heard }),
  };
}

function start(world: World, { who, run, turn }: Mine, held: Rules): World {
  if (turn.throughSeq > run.throughSeq && held.restarts) {
    return { ...world, runs: replaced(world.runs, who, { throughSeq: turn.throughSeq }) };
  }
  const answerSeq = turn.answerSeq ?? world.lastSeq + 1;
  return {
    ...world,
    lastSeq: Math.max(world.lastSeq, answerSeq),
    turns: replaced(world.turns, run.turn, { answerSeq }),
    runs: replaced(world.runs, who, { phase: "speaking" }),
  };
}

function finish(world: World, run: Run, what: RunDeed, held: Rules): World {
  const answer = { text: run.said, through: run.throughSeq };
  switch (what) {
    case "commit":
      return close(world, run.turn, "done", held, { ...answer, text: `${run.said}!` });
    case "stop":
      return close(world, run.turn, "cancelled", held, answer);
    case "fail": {
      const state = run.said === "" ? "failed" : "interrupted";
      return close({ ...world, left: spent(world, "failures") }, run.turn, state, held, answer);
    }
    case "release": {
      const turn = world.turns[run.turn];
      const attempts = Math.max(0, (turn?.attempts ?? 0) - 1);
      const turns = replaced(world.turns, run.turn, { leased: false, attempts });
      return { ...world, turns, left: spent(world, "releases") };
    }
    default:
      return world;
  }
}
