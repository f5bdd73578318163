import { step } from "./turn-model";
import { choices } from "./turn-model-choices";
import { broken, stuck } from "./turn-model-promises";
import {
  type Command,
  type Line,
  type Rules,
  type Run,
  rules,
  type Turn,
  type World,
} from "./turn-model-world";

/** A promise that broke, with the shortest way there. */
export type Fault = { promise: string; way: string[] };
type Reached = { world: World; key: string; from: Reached | null; by: Command | null };
type Explored = { worlds: ReadonlySet<string>; steps: number; ends: number; fault: Fault | null };

/** Tries everything, in every order, from `start` on, the shortest ways first; stops at the first broken promise. */
export function explore(start: World, held: Rules = rules): Explored {
  const key = keyOf(start);
  const worlds = new Set([key]);
  let front: Reached[] = [{ world: start, key, from: null, by: null }];
  let [steps, ends] = [0, 0];
  while (front.length > 0) {
    const further: Reached[] = [];
    for (const reached of front) {
      const { next, fault } = lookAround(reached, held);
      if (fault) {
        return { worlds, steps, ends, fault };
      }
      steps += next.length;
      ends += next.length === 0 ? 1 : 0;
      further.push(...next.filter((each) => !worlds.has(each.key) && worlds.add(each.key)));
    }
    front = further;
  }
  return { worlds, steps, ends, fault: null };
}

/** Where one step leads from here, and the promise that it breaks. */
function lookAround(from: Reached, held: Rules): { next: Reached[]; fault: Fault | null } {
  const next: Reached[] = [];
  for (const by of choices(from.world, held)) {
    const world = step(from.world, by, held);
    const reached = { world, key: keyOf(world), from, by };
    const promise = broken(from.world, by, world);
    if (promise) {
      return { next, fault: { promise, way: wayTo(reached) } };
    }
    if (reached.key !== from.key) {
      next.push(reached);
    }
  }
  const promise = next.length === 0 ? stuck(from.world) : null;
  return { next, fault: promise ? { promise, way: wayTo(from) } : null };
}

function wayTo({ from, by }: Reached): string[] {
  return from && by ? [...wayTo(from), "run" in by ? `${by.do} ${by.run}` : by.do] : [];
}

/** One text for a world; runners that remember the same are interchangeable. */
export function keyOf(world: World): string {
  const { owner, generation, lastSeq, turns, record, runs, log, left } = world;
  const who = runs.map(keyOfRun).sort().join("/");
  const rows = `${turns.map(keyOfTurn).join("/")}|${record.map(keyOfLine).join("/")}`;
  const may = Object.values(left).join("");
  return `${owner}${generation},${lastSeq}|${rows}|${who}|${log.generation},${log.said}|${may}`;
}

function keyOfTurn(turn: Turn): string {
  const { state, generation, throughSeq, joins, attempts, leased, stopped, answerSeq, kept } = turn;
  const marks = `${leased ? "l" : ""}${stopped ? "s" : ""}`;
  return `${state}${generation},${throughSeq},${joins}${attempts}${marks}${answerSeq ?? ""},${kept}`;
}

function keyOfLine({ seq, role, state, turn, text, through }: Line): string {
  return `${seq}${role[0]}${state[0]}${turn ?? ""},${text},${through}`;
}

function keyOfRun({ phase, turn, generation, throughSeq, said, kept }: Run): string {
  return phase === "idle" || phase === "dead"
    ? phase
    : `${phase}${turn},${generation},${throughSeq},${said},${kept}`;
}
