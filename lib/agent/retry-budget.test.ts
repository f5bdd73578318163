import fc from "fast-check";
import { expect, test } from "vitest";
import { RetryBudget, usualBudget } from "./retry-budget";

test("a quiet process may retry three times in a row, and again after a while", () => {
  const clock = { ms: 0 };
  const budget = new RetryBudget(usualBudget, () => clock.ms);
  expect([1, 2, 3, 4].map(() => budget.spend())).toEqual([true, true, true, false]);
  clock.ms += usualBudget.refillMs;
  expect([1, 2].map(() => budget.spend())).toEqual([true, false]);
});

test("five calls earn one retry", () => {
  const budget = new RetryBudget({ ...usualBudget, floor: 0 }, () => 0);
  for (let call = 1; call <= 4; call += 1) {
    budget.earn();
    expect(budget.spend()).toBe(false);
  }
  budget.earn();
  expect(budget.spend()).toBe(true);
});

type Act = "call" | "retry" | number;

/** Plays calls, wishes to retry and waits, and counts what was granted. */
function play(acts: readonly Act[]) {
  const clock = { ms: 0 };
  const budget = new RetryBudget(usualBudget, () => clock.ms);
  let retries = 0;
  for (const act of acts) {
    if (act === "call") {
      budget.earn();
    } else if (act === "retry") {
      retries += Number(budget.spend());
    } else {
      clock.ms += act;
    }
  }
  return { retries, calls: acts.filter((act) => act === "call").length, ms: clock.ms };
}

test("retries never pass a fifth of the calls, the floor, and what time has refilled", () => {
  const act = fc.oneof(fc.constantFrom<Act>("call", "retry"), fc.nat(30_000));
  fc.assert(
    fc.property(fc.array(act, { maxLength: 300 }), (acts) => {
      const { retries, calls, ms } = play(acts);
      const { floor, perCall, refillMs } = usualBudget;
      expect(retries).toBeLessThanOrEqual(floor + perCall * calls + ms / refillMs + 1e-6);
    }),
  );
});
