import fc from "fast-check";
import { expect, test } from "vitest";
import { type Plan, Simulation } from "./turn-model-clock";
import { explore, keyOf } from "./turn-model-explore";
import { stuck } from "./turn-model-promises";
import { beginning, type Left, type Rules, rules } from "./turn-model-world";

const nothing: Left = {
  sends: 0,
  takeOvers: 0,
  handBacks: 0,
  asks: 0,
  cancels: 0,
  retries: 0,
  crashes: 0,
  freezes: 0,
  failures: 0,
  releases: 0,
};

/** Two senders with a message each, two runners, a person who comes and goes, a stop, a crash and a freeze. */
const everybody: Left = {
  ...nothing,
  sends: 2,
  takeOvers: 1,
  handBacks: 1,
  cancels: 1,
  crashes: 1,
  freezes: 1,
};
const burst: Left = { ...nothing, sends: 4, crashes: 1, freezes: 1 };
const wishes: Left = {
  ...nothing,
  sends: 1,
  asks: 1,
  takeOvers: 1,
  retries: 1,
  failures: 1,
  releases: 1,
  freezes: 1,
};
const hardLuck: Left = { ...nothing, sends: 1, cancels: 1, retries: 1, freezes: 4 };

const LONG = { timeout: 60_000 };

// Two tests look at it, and it takes seconds.
let known: ReturnType<typeof explore> | null = null;
const everything = () => {
  known ??= explore(beginning(everybody));
  return known;
};

test(
  "in every order of two senders, two runners, a take-over, a hand-back, a stop, a crash and a freeze, every promise holds",
  LONG,
  () => {
    const { fault, worlds, steps, ends } = everything();
    expect(fault).toBeNull();
    expect(worlds.size).toBeGreaterThan(80_000);
    expect(steps).toBeGreaterThan(worlds.size);
    expect(ends).toBeGreaterThan(1_000);
  },
);

test.each([
  ["a burst of four messages around a crash and a freeze", burst, 20_000],
  ["a wish for a person, a retry, a failing model and a shutdown", wishes, 10_000],
  ["four freezes, until the attempts are used up, a stop and a retry", hardLuck, 10_000],
])("so it does in every order of %s", LONG, (_, left, least) => {
  const { fault, worlds } = explore(beginning(left));
  expect(fault).toBeNull();
  expect(worlds.size).toBeGreaterThan(least);
});

const without = (...taken: (keyof Rules)[]): Rules => ({
  ...rules,
  ...Object.fromEntries(taken.map((rule) => [rule, false])),
});

const noticed: [what: string, taken: (keyof Rules)[], promise: string][] = [
  ["the generation is not compared", ["fenced"], "a zombie wrote to the record"],
  ["the log takes any generation", ["logFenced"], "a zombie wrote to the log"],
  ["a take-over leaves the turn as it is", ["stopsTurns"], "a turn is left under takeOver"],
  [
    "a take-over forgets the checkpoint",
    ["storesKept"],
    "what had been said does not stand before the take-over under its reserved seq",
  ],
  [
    "another runner reserves a new place",
    ["keepsPlace"],
    "an answer lost the place that was reserved for it",
  ],
  [
    "messages join an answer that has begun",
    ["joinsOnlyBefore"],
    "an answer was given without reading a message that its turn owes one",
  ],
  [
    "the model is not called again for what joined",
    ["restarts"],
    "an answer was given without reading a message that its turn owes one",
  ],
  ["nobody takes a dead runner's turn", ["takesOver"], "a turn is stuck: nobody can finish it"],
  [
    "nobody ends a stopped turn of a dead runner",
    ["sweepsSpent"],
    "a turn is stuck: nobody can finish it",
  ],
  ["a second turn runs beside the first", ["oneRunning"], "two turns wait or run at once"],
  [
    "a commit does not ask whether its turn still runs",
    ["asksState"],
    "a turn that had ended changed",
  ],
];

test.each(noticed)("the checker notices when %s", LONG, (_, taken, promise) => {
  const { fault } = explore(beginning(everybody), without(...taken));
  expect(fault).toMatchObject({ promise });
});

test(
  "owner, generation and state are three locks: the owner's alone keeps the AI silent, and without all of them it speaks",
  LONG,
  () => {
    const start = beginning({ ...nothing, sends: 1, takeOvers: 1 });
    expect(explore(start, without("raises", "asksState")).fault).toBeNull();
    const { fault } = explore(start, without("raises", "asksState", "owned"));
    expect(fault).toMatchObject({
      promise: "the AI spoke while a person had the conversation",
      way: ["send", "claim 0", "takeOver", "start 0", "say 0", "commit 0"],
    });
  },
);

const moment = fc.integer({ min: 0, max: 30_000 });
const which = fc.integer({ min: 0, max: 1 });

/** No more of anything than the exhaustive check allows, so that both walk through the same worlds. */
const planIn = (left: Left): fc.Arbitrary<Plan> => {
  const act = (what: Plan["acts"][number]["do"], most: number) =>
    fc.array(fc.record({ at: moment, do: fc.constant(what), heard: fc.boolean(), by: which }), {
      maxLength: most,
    });
  return fc.record({
    acts: fc
      .tuple(
        fc.record({ at: moment, do: fc.constant("send" as const), heard: fc.boolean(), by: which }),
        act("send", left.sends - 1),
        act("takeOver", left.takeOvers),
        act("handBack", left.handBacks),
        act("cancel", left.cancels),
      )
      .map(([first, ...others]) => [first, ...others.flat()]),
    model: fc.array(
      fc.record({
        thinkMs: fc.integer({ min: 1, max: 9_000 }),
        speakMs: fc.integer({ min: 1, max: 9_000 }),
      }),
      { minLength: 1, maxLength: 4 },
    ),
    freezes: fc.array(
      fc.record({ at: moment, ms: fc.integer({ min: 100, max: 25_000 }), process: which }),
      { maxLength: left.freezes },
    ),
    crash:
      left.crashes > 0 ? fc.option(fc.record({ at: moment, process: which })) : fc.constant(null),
    rings: fc.boolean(),
    sweepAt: fc.array(fc.integer({ min: 0, max: 1_999 }), { minLength: 2, maxLength: 2 }),
  });
};

function keepsItsTimes(simulation: Simulation): void {
  const { world, complaint, rescued, stopped } = simulation;
  expect(complaint).toBeNull();
  expect(stuck(world)).toBeNull();
  for (const { diedAt, claimedAt } of rescued) {
    expect(claimedAt - diedAt).toBeLessThanOrEqual(15_000);
  }
  for (const { askedAt, endedAt } of stopped) {
    expect(endedAt - askedAt).toBeLessThanOrEqual(1_000);
  }
}

test(
  "on a virtual clock with 10,000 plans of acts and faults the same worlds are met and the same promises hold",
  LONG,
  () => {
    const { worlds } = everything();
    const met = new Set<string>();
    let [rescues, stops] = [0, 0];
    fc.assert(
      fc.property(planIn(everybody), (plan) => {
        const simulation = new Simulation(beginning(everybody), plan, (world) => {
          met.add(keyOf(world));
        });
        simulation.run();
        keepsItsTimes(simulation);
        rescues += simulation.rescued.length;
        stops += simulation.stopped.length;
      }),
      { numRuns: 10_000 },
    );
    expect([...met].filter((key) => !worlds.has(key))).toEqual([]);
    expect(met.size).toBeGreaterThan(1_000);
    expect(rescues).toBeGreaterThan(100);
    expect(stops).toBeGreaterThan(100);
  },
);

test(
  "so they do where much more happens and goes wrong than could be tried in every order",
  LONG,
  () => {
    const plenty = { ...everybody, sends: 8, takeOvers: 2, handBacks: 2, cancels: 2, freezes: 4 };
    fc.assert(
      fc.property(planIn(plenty), (plan) => {
        const simulation = new Simulation(beginning(plenty), plan, () => undefined);
        simulation.run();
        keepsItsTimes(simulation);
      }),
      { numRuns: 2_000 },
    );
  },
);
