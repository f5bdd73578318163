import { expect, test } from "vitest";
import { carryOut, countFaults } from "./faults";
import { type Deed, planFaults } from "./schedule";

const targets = ["web-1", "web-2", "worker-1", "redis", "postgres"];

test("the same seed plans the same faults, and another one others", () => {
  expect(planFaults(7, 300, targets)).toEqual(planFaults(7, 300, targets));
  expect(planFaults(8, 300, targets)).not.toEqual(planFaults(7, 300, targets));
});

test("five minutes hold every deed to every target, and freezes that outlast a lease", () => {
  const faults = planFaults(7, 300, targets);
  for (const target of targets) {
    const deeds = faults.filter((fault) => fault.target === target).map(({ deed }) => deed);
    expect(new Set(deeds)).toEqual(new Set<Deed>(["kill", "freeze", "stop"]));
  }
  expect(faults.some(({ deed, forMs }) => deed === "freeze" && forMs > 10_000)).toBe(true);
  expect(faults.every(({ atMs }) => atMs < 300_000)).toBe(true);
});

test("a target is struck again only once it has recovered, and everything is healed in the end", async () => {
  const said: string[] = [];
  const target = (name: string) => ({
    name,
    strike: async (deed: Deed) => void said.push(`${deed} ${name}`),
    heal: async () => void said.push(`heal ${name}`),
  });
  const fault = (name: string, deed: Deed, atMs: number) => ({
    atMs,
    target: name,
    deed,
    forMs: 40,
  });
  const plan = [fault("one", "kill", 0), fault("one", "stop", 1), fault("two", "freeze", 2)];
  const done = await carryOut(plan, [target("one"), target("two")], () => undefined);
  expect(said.filter((words) => words.endsWith("one"))).toEqual(["kill one", "heal one"]);
  expect(said.filter((words) => words.endsWith("two"))).toEqual(["freeze two", "heal two"]);
  expect(countFaults(done)).toEqual({ "one kill": 1, "one stop": 0, "two freeze": 1 });
});

test("a target that cannot be brought back ends the run with the reason", async () => {
  const target = {
    name: "one",
    strike: async () => undefined,
    heal: () => Promise.reject(new Error("it does not start")),
  };
  const plan = [{ atMs: 0, target: "one", deed: "kill" as const, forMs: 0 }];
  await expect(carryOut(plan, [target], () => undefined)).rejects.toThrow("it does not start");
});
