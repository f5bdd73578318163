import { holderOf } from "./turn-model-people";
import { claimable } from "./turn-model-runs";
import {
  type Command,
  isActive,
  type Rules,
  type Run,
  rules,
  type World,
} from "./turn-model-world";
import { ATTEMPTS_MAX } from "./turn-rules";

/** Everything that may happen next. Commands that would change nothing may be among them. */
export function choices(world: World, held: Rules = rules): Command[] {
  return [
    ...people(world),
    ...clock(world),
    ...world.runs.flatMap((run, n) => runner(world, run, n, held)),
  ];
}

function people({ owner, left, turns }: World): Command[] {
  const last = turns.at(-1);
  const may: [boolean, Command][] = [
    [left.sends > 0, { do: "send" }],
    [left.takeOvers > 0 && owner !== "HUMAN", { do: "takeOver" }],
    [left.handBacks > 0 && owner !== "AI", { do: "handBack" }],
    [left.asks > 0 && owner === "AI", { do: "ask" }],
    [left.cancels > 0 && turns.some((turn) => isActive(turn) && !turn.stopped), { do: "cancel" }],
    [
      left.retries > 0 &&
        owner === "AI" &&
        last !== undefined &&
        !isActive(last) &&
        last.state !== "done",
      { do: "retry" },
    ],
  ];
  return may.filter(([can]) => can).map(([, command]) => command);
}

// A dead runner's lease runs out in any case; a living one's only while it is frozen.
function clock(world: World): Command[] {
  const { turns, left, log, generation } = world;
  const leased = turns.findIndex((turn) => turn.state === "running" && turn.leased);
  const spent = turns.some(
    (turn) =>
      turn.state === "running" && !turn.leased && (turn.stopped || turn.attempts >= ATTEMPTS_MAX),
  );
  const may: [boolean, Command][] = [
    [leased >= 0 && (left.freezes > 0 || holderOf(world, leased) < 0), { do: "expire" }],
    [spent, { do: "sweep" }],
    [log.generation < generation, { do: "ring" }],
  ];
  return may.filter(([can]) => can).map(([, command]) => command);
}

function runner(world: World, run: Run, n: number, held: Rules): Command[] {
  const { left } = world;
  const busy = run.phase === "thinking" || run.phase === "speaking";
  const may: [boolean, Command["do"]][] = [
    [run.phase === "idle" && claimable(world, held) >= 0, "claim"],
    [run.phase === "thinking", "start"],
    [run.phase === "speaking" && run.said === "", "say"],
    [run.phase === "speaking" && run.said !== run.kept, "keep"],
    [busy && run.said === run.kept, "beat"],
    [run.phase === "speaking" && run.said !== "", "commit"],
    [run.phase === "stopping", "stop"],
    [busy && left.failures > 0, "fail"],
    [busy && left.releases > 0, "release"],
    [run.phase !== "idle" && run.phase !== "dead" && left.crashes > 0, "crash"],
  ];
  return may.filter(([can]) => can).map(([, what]) => ({ do: what, run: n }) as Command);
}
