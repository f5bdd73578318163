import fc from "fast-check";
import { expect, test } from "vitest";
import { faultRuns } from "@/scripts/setup/fault-runs";
import { type Plan, Race } from "./race-for-tests";
import { type ModelWorld, modelWorld } from "./race-model-for-tests";

const plan: fc.Arbitrary<Plan> = fc.record({
  seed: fc.nat(),
  messages: fc.integer({ min: 1, max: 5 }),
  rounds: fc.integer({ min: 1, max: 4 }),
  accidents: fc.integer({ min: 0, max: 6 }),
});

/** Where much goes on, and always the same: whether it is seen must not be luck. */
const busyPlan = fc.record({
  seed: fc.nat(),
  messages: fc.constant(5),
  rounds: fc.constant(4),
  accidents: fc.constant(4),
});

const race = async ({ seed, ...plan }: Plan, world = modelWorld()) => {
  const { room, stores, accidents } = world;
  await new Race(seed, room, stores, accidents).run(plan);
  return room;
};

test("two tabs and two processes on one conversation, in 10,000 orders and with all that may befall them: nothing is lost, doubled or swapped", {
  timeout: 3_600_000,
}, async () => {
  let folds = 0;
  await fc.assert(
    fc.asyncProperty(plan, async (given) => {
      const { version } = await race(given);
      folds += version;
    }),
    { numRuns: faultRuns(10_000) },
  );
  expect(folds).toBeGreaterThan(1_000);
});

/** What would happen without a rule; the race must see it, or it proves nothing. */
const without: Record<string, (world: ModelWorld) => void> = {
  "a copy takes only what follows": ({ redis }) => {
    const { append } = redis;
    redis.append = (id, owner, given) => append(id, owner, { ...given, after: 0 });
  },
  "a copy is stamped with what it holds": ({ redis }) => {
    const { append } = redis;
    redis.append = (id, owner, given) =>
      append(id, owner, { ...given, through: given.through + 1 });
  },
  "of two folds of one version one wins": ({ room }) => {
    room.rules.oneFoldWins = false;
  },
  "a turn that was taken over reads no further than its answer's place": ({ room }) => {
    room.rules.claimEndsBeforeAnswer = false;
  },
};

test.each(Object.keys(without))(
  "the race sees it when it is not so that %s",
  {
    timeout: 3_600_000,
  },
  async (rule) => {
    const broken = fc.assert(
      fc.asyncProperty(busyPlan, async (given) => {
        const world = modelWorld();
        without[rule]?.(world);
        await race(given, world);
      }),
      { seed: 1, numRuns: 1_000, endOnFailure: true },
    );
    await expect(broken).rejects.toThrow(/Property failed/);
  },
);
