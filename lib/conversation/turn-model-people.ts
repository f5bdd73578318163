import { close, inOrder, queue, replaced, spent, stopTurns, withLine } from "./turn-model-rows";
import { type Command, isActive, type Line, type Rules, type World } from "./turn-model-world";
import { ATTEMPTS_MAX } from "./turn-rules";

/** What people and the clock do. */
export function peopleStep(
  world: World,
  what: Exclude<Command, { run: number }>["do"],
  held: Rules,
): World {
  switch (what) {
    case "send":
      return send({ ...world, left: spent(world, "sends") }, held);
    case "takeOver":
      return takeOver({ ...world, left: spent(world, "takeOvers") }, held);
    case "handBack":
      return handBack({ ...world, left: spent(world, "handBacks") });
    case "ask":
      return ask({ ...world, left: spent(world, "asks") }, held);
    case "cancel":
      return cancel({ ...world, left: spent(world, "cancels") }, held);
    case "retry":
      return retry({ ...world, left: spent(world, "retries") }, held);
    case "sweep":
      return sweep(world, held);
    case "expire":
      return expire(world);
    case "ring":
      return ring(world);
  }
}

function send(world: World, held: Rules): World {
  const seq = world.lastSeq + 1;
  const queued = world.owner === "AI" ? queue({ ...world, lastSeq: seq }, seq, held) : null;
  const line: Line = {
    seq,
    role: "customer",
    state: "final",
    turn: queued?.turn ?? null,
    text: "",
    through: 0,
  };
  const after = queued?.world ?? { ...world, lastSeq: seq };
  return { ...after, record: inOrder(after.record, line) };
}

function takeOver(world: World, held: Rules): World {
  if (world.owner === "HUMAN") {
    return world;
  }
  const stopped = held.stopsTurns ? stopTurns(world, held) : world;
  const after = withLine(stopped, "boundary", "person");
  return { ...after, owner: "HUMAN", generation: world.generation + (held.raises ? 1 : 0) };
}

function handBack(world: World): World {
  if (world.owner === "AI") {
    return world;
  }
  const after = withLine(world, "boundary", "assistant");
  return { ...after, owner: "AI", generation: world.generation + 1 };
}

function ask(world: World, held: Rules): World {
  if (world.owner !== "AI") {
    return world;
  }
  const after = withLine(held.stopsTurns ? stopTurns(world, held) : world, "event", "asked");
  return { ...after, owner: "NONE", generation: world.generation + 1 };
}

function cancel(world: World, held: Rules): World {
  const pending = world.turns.findIndex(({ state }) => state === "pending");
  const after = pending < 0 ? world : close(world, pending, "cancelled", held);
  const running = after.turns.findIndex(({ state }) => state === "running");
  return { ...after, turns: replaced(after.turns, running, { stopped: true }) };
}

function retry(world: World, held: Rules): World {
  const last = world.turns.at(-1);
  if (!last || world.owner !== "AI" || last.state === "done" || isActive(last)) {
    return world;
  }
  const seq = world.record.findLast(({ role }) => role === "customer")?.seq ?? 0;
  return queue(world, seq, held).world;
}

function sweep(world: World, held: Rules): World {
  if (!held.sweepsSpent) {
    return world;
  }
  return world.turns.reduce((after, turn, at) => {
    const dead = turn.state === "running" && !turn.leased;
    if (dead && turn.stopped) {
      return close(after, at, "cancelled", held);
    }
    return dead && turn.attempts >= ATTEMPTS_MAX ? close(after, at, "failed", held) : after;
  }, world);
}

/** Whether the runner that holds this turn is still at it. */
export function holderOf(world: World, at: number): number {
  const generation = world.turns[at]?.generation;
  return world.runs.findIndex(
    (run) =>
      run.turn === at &&
      run.generation === generation &&
      run.phase !== "dead" &&
      run.phase !== "idle",
  );
}

function expire(world: World): World {
  const at = world.turns.findIndex(({ state, leased }) => state === "running" && leased);
  if (at < 0) {
    return world;
  }
  const left = holderOf(world, at) >= 0 ? spent(world, "freezes") : world.left;
  return { ...world, left, turns: replaced(world.turns, at, { leased: false }) };
}

function ring(world: World): World {
  return world.log.generation < world.generation
    ? { ...world, log: { ...world.log, generation: world.generation } }
    : world;
}
