import {
  isActive,
  type Left,
  type Line,
  type Rules,
  type Turn,
  type World,
} from "./turn-model-world";
import { JOINS_MAX } from "./turn-rules";

export const replaced = <T>(list: readonly T[], at: number, change: Partial<T>): T[] =>
  list.map((each, n) => (n === at ? { ...each, ...change } : each));

export const inOrder = (record: readonly Line[], line: Line): Line[] =>
  [...record, line].sort((a, b) => a.seq - b.seq);

export const spent = (world: World, name: keyof Left): Left => ({
  ...world.left,
  [name]: world.left[name] - 1,
});

export function queue(world: World, seq: number, held: Rules): { world: World; turn: number } {
  const pending = world.turns.findIndex(({ state }) => state === "pending");
  if (pending >= 0) {
    return {
      turn: pending,
      world: { ...world, turns: replaced(world.turns, pending, { throughSeq: seq }) },
    };
  }
  const running = world.turns.findIndex(({ state }) => state === "running");
  const turn = world.turns[running];
  if (turn && !turn.stopped && turn.joins < JOINS_MAX) {
    if (turn.answerSeq === null || !held.joinsOnlyBefore) {
      const joined = { throughSeq: seq, joins: turn.joins + 1 };
      return { turn: running, world: { ...world, turns: replaced(world.turns, running, joined) } };
    }
  }
  const made: Turn = {
    state: "pending",
    generation: world.generation,
    throughSeq: seq,
    joins: 0,
    attempts: 0,
    leased: false,
    stopped: false,
    answerSeq: null,
    kept: "",
  };
  return { turn: world.turns.length, world: { ...world, turns: [...world.turns, made] } };
}

export function close(
  world: World,
  at: number,
  state: Turn["state"],
  held: Rules,
  answer?: { text: string; through: number },
): World {
  const turn = world.turns[at];
  if (!turn) {
    return world;
  }
  const text = answer?.text || (held.storesKept ? turn.kept : "");
  const ended = replaced(world.turns, at, { state, leased: false, kept: "" });
  if (text === "") {
    return { ...world, turns: ended };
  }
  const seq = turn.answerSeq ?? world.lastSeq + 1;
  const line: Line = {
    seq,
    role: "assistant",
    state: state === "done" ? "final" : "interrupted",
    turn: at,
    text,
    through: answer?.through ?? 0,
  };
  const lastSeq = Math.max(world.lastSeq, seq);
  return { ...world, lastSeq, turns: ended, record: inOrder(world.record, line) };
}

export function stopTurns(world: World, held: Rules): World {
  return world.turns.reduce(
    (after, turn, at) =>
      isActive(turn)
        ? close(after, at, turn.state === "running" ? "interrupted" : "cancelled", held)
        : after,
    world,
  );
}

export function withLine(world: World, role: "boundary" | "event", text: string): World {
  const seq = world.lastSeq + 1;
  const line: Line = { seq, role, state: "final", turn: null, text, through: 0 };
  return { ...world, lastSeq: seq, record: inOrder(world.record, line) };
}
