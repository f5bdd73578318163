import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { sweepTurns } from "./index";
import { closeAll, endEveryTurn, newCustomer, newLead } from "./store-for-tests";
import type { Left } from "./turn-model-world";
import { Twin } from "./twin-for-tests";

afterAll(async () => {
  await endEveryTurn();
  await closeAll();
});

const plenty: Left = {
  sends: 6,
  takeOvers: 2,
  handBacks: 2,
  asks: 1,
  cancels: 2,
  retries: 2,
  crashes: 1,
  freezes: 4,
  failures: 2,
  releases: 2,
};
const LANES = 20;
const SWEEP_EVERY = 6;

/** Twins in step: the sweep is everybody's, so it comes between two commands, and all models sweep with it. */
async function replay(ways: number[][]): Promise<number> {
  const mara = await newLead();
  const twins = await Promise.all(
    ways.map(async (way) => ({ way, twin: new Twin(await newCustomer(), mara, plenty) })),
  );
  const longest = Math.max(...ways.map(({ length }) => length));
  for (let n = 0; n < longest; n += 1) {
    await Promise.all(
      twins.map(async ({ way, twin }) => {
        const choice = way[n];
        await (choice !== undefined && twin.go(choice));
      }),
    );
    if (n % SWEEP_EVERY === SWEEP_EVERY - 1) {
      await sweepTurns(1_000);
      await Promise.all(twins.map(({ twin }) => twin.take({ do: "sweep" })));
    }
  }
  return twins.reduce((sum, { twin }) => sum + twin.way.length, 0);
}

const way = fc.array(fc.nat(1_000), { minLength: 6, maxLength: 14 });

test("hundreds of random ways through the model leave PostgreSQL's rows as the model says, after every step", {
  timeout: 180_000,
}, async () => {
  let commands = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(way, { minLength: LANES, maxLength: LANES }), async (ways) => {
      commands += await replay(ways);
    }),
    { numRuns: 10, endOnFailure: true },
  );
  expect(commands).toBeGreaterThan(1_200);
});
