import fc from "fast-check";
import { expect, test } from "vitest";
import { Breaker, type BreakerView, type Pass, usualRules } from "./breaker";
import type { FaultCode } from "./fault-table";

const FOREVER_MS = 3_600_000;

/** A breaker on a clock that only the test moves; `random` at 1 makes every wait as long as it can be. */
function open(random = () => 1) {
  const clock = { ms: 1_000_000 };
  const changes: BreakerView[] = [];
  const changed = (to: BreakerView) => void changes.push(to);
  const breaker = new Breaker(usualRules, { now: () => clock.ms, random, changed });
  return { breaker, clock, changes };
}

function pass(breaker: Breaker): Pass {
  const given = breaker.enter();
  if (!given) {
    throw new Error("The breaker is open");
  }
  return given;
}

function succeed(breaker: Breaker): void {
  const given = pass(breaker);
  given.heard();
  given.left();
}

function fail(breaker: Breaker, code: FaultCode = "server_error", retryAfterMs?: number): void {
  const given = pass(breaker);
  given.failed(code, retryAfterMs);
  given.left();
}

test("nothing is known of a model that was not asked yet, and one answer makes it known as up", () => {
  const { breaker } = open();
  expect(breaker.look().state).toBe("unknown");
  succeed(breaker);
  expect(breaker.look()).toMatchObject({ state: "up", why: null });
});

test("a model is left alone once half of its newest calls failed, and not before four were made", () => {
  const { breaker } = open();
  succeed(breaker);
  succeed(breaker);
  fail(breaker);
  expect(breaker.enter()).not.toBeNull();
  fail(breaker);
  expect(breaker.enter()).toBeNull();
  expect(breaker.look()).toMatchObject({ state: "down", why: "server_error" });
});

test("rare failures among many answers do not keep anybody away", () => {
  const { breaker } = open();
  for (let call = 0; call < 200; call += 1) {
    if (call % 5 === 4) {
      fail(breaker);
    } else {
      succeed(breaker);
    }
  }
  expect(breaker.look().state).toBe("up");
});

test("failures that are long past do not count", () => {
  const { breaker, clock } = open();
  for (let call = 0; call < 3; call += 1) {
    fail(breaker);
  }
  clock.ms += usualRules.windowMs + 1;
  fail(breaker);
  expect(breaker.enter()).not.toBeNull();
});

test("two customers who waited in vain are enough", () => {
  const { breaker } = open();
  fail(breaker, "hung");
  fail(breaker, "hung");
  expect(breaker.enter()).toBeNull();
});

test("after the pause one probe goes out, and nobody else until it is heard", () => {
  const { breaker, clock } = open();
  trip(breaker);
  clock.ms += usualRules.coolDownMs;
  const probe = pass(breaker);
  expect(breaker.enter()).toBeNull();
  probe.heard();
  expect(breaker.enter()).not.toBeNull();
  expect(breaker.look().state).toBe("up");
});

test("each probe that fails doubles the pause, up to its most", () => {
  const { breaker, clock } = open();
  trip(breaker);
  const pauses: number[] = [];
  for (let probes = 0; probes < 6; probes += 1) {
    pauses.push(waitForPass(breaker, clock));
    fail(breaker);
  }
  expect(pauses).toEqual([5_000, 10_000, 20_000, 40_000, 60_000, 60_000]);
});

test("a probe whose customer left proves nothing, and the next call probes at once", () => {
  const { breaker, clock } = open();
  trip(breaker);
  clock.ms += usualRules.coolDownMs;
  pass(breaker).left();
  expect(breaker.look().state).toBe("down");
  pass(breaker).heard();
  expect(breaker.look().state).toBe("up");
});

test("a probe that was lost without a word is given up in the end", () => {
  const { breaker, clock } = open();
  trip(breaker);
  clock.ms += usualRules.coolDownMs;
  const lost = pass(breaker);
  clock.ms += usualRules.probeMaxMs;
  expect(breaker.enter()).not.toBeNull();
  lost.heard();
  expect(breaker.look().state).toBe("down");
});

test.each<FaultCode>(["wrong_key", "unknown_model", "quota_spent"])(
  "one %s is enough, and it is asked again only after minutes",
  (code) => {
    const { breaker, clock } = open();
    for (let call = 0; call < 20; call += 1) {
      succeed(breaker);
    }
    fail(breaker, code);
    expect(breaker.look()).toMatchObject({ state: "down", why: code });
    expect(waitForPass(breaker, clock)).toBe(usualRules.longMs);
    fail(breaker, code);
    expect(waitForPass(breaker, clock)).toBe(usualRules.longMs);
    succeed(breaker);
    expect(breaker.look().state).toBe("up");
  },
);

test("an endpoint that asks to be left alone for a while is, by everybody, and not for ever", () => {
  const { breaker, clock } = open();
  fail(breaker, "rate_limited", 30_000);
  expect(waitForPass(breaker, clock)).toBe(30_000);
  fail(breaker, "rate_limited", 24 * FOREVER_MS);
  expect(waitForPass(breaker, clock)).toBe(usualRules.holdMaxMs);
});

test("a model that answers what helps nobody is alive: its answers keep nobody away", () => {
  const { breaker } = open();
  for (const code of ["filtered", "too_long", "loop", "bad_arguments", "endless"] as const) {
    fail(breaker, code);
    fail(breaker, code);
  }
  expect(breaker.look().state).toBe("up");
});

test("an answer that breaks off after its first word counts as a failure beside its success", () => {
  const { breaker } = open();
  for (let call = 0; call < 2; call += 1) {
    const given = pass(breaker);
    given.heard();
    given.failed("cut");
  }
  expect(breaker.look()).toMatchObject({ state: "down", why: "cut" });
});

test("what a call of before the outage says comes too late to end it", () => {
  const { breaker } = open();
  const early = pass(breaker);
  trip(breaker);
  early.heard();
  expect(breaker.look().state).toBe("down");
});

test("a change is told once, with since when, however many calls are turned away", () => {
  const { breaker, clock, changes } = open();
  succeed(breaker);
  clock.ms += 5_000;
  const downMs = clock.ms;
  trip(breaker);
  for (let probes = 0; probes < 5; probes += 1) {
    expect(breaker.enter()).toBeNull();
    waitForPass(breaker, clock);
    fail(breaker);
  }
  waitForPass(breaker, clock);
  fail(breaker, "wrong_key");
  expect(changes.map(({ state, why }) => [state, why])).toEqual([
    ["up", null],
    ["down", "server_error"],
    ["down", "wrong_key"],
  ]);
  expect(breaker.look().sinceMs).toBe(downMs);
});

function trip(breaker: Breaker): void {
  while (breaker.look().state !== "down") {
    fail(breaker);
  }
}

/** Moves the clock until a call would be let through, and says how long that took; the pass itself is given back. */
function waitForPass(breaker: Breaker, clock: { ms: number }): number {
  const startMs = clock.ms;
  for (let given = breaker.enter(); ; given = breaker.enter()) {
    if (given) {
      given.left();
      return clock.ms - startMs;
    }
    clock.ms += 1_000;
    if (clock.ms - startMs > FOREVER_MS) {
      throw new Error("It never opened again");
    }
  }
}

type Act =
  | { kind: "call" }
  | { kind: "wait"; ms: number }
  | { kind: "heard" | "left"; which: number }
  | { kind: "failed"; which: number; code: FaultCode; retryAfterMs: number | null };

const which = fc.nat(5);
const act: fc.Arbitrary<Act> = fc.oneof(
  fc.record({ kind: fc.constant("call" as const) }),
  fc.record({ kind: fc.constant("wait" as const), ms: fc.nat(120_000) }),
  fc.record({ kind: fc.constantFrom("heard" as const, "left" as const), which }),
  fc.record({
    kind: fc.constant("failed" as const),
    which,
    code: fc.constantFrom<FaultCode>("server_error", "hung", "wrong_key", "filtered", "cut"),
    retryAfterMs: fc.option(fc.nat(1_000_000)),
  }),
);

/** Plays calls, waits and outcomes in any order; fails when a second call is let out while the model is down. */
function play(acts: readonly Act[], { breaker, clock }: ReturnType<typeof open>): void {
  const passes: Pass[] = [];
  for (const next of acts) {
    switch (next.kind) {
      case "wait":
        clock.ms += next.ms;
        break;
      case "call":
        passes.push(...enterAlone(breaker));
        break;
      case "failed":
        passes[next.which]?.failed(next.code, next.retryAfterMs);
        break;
      default:
        passes[next.which]?.[next.kind]();
    }
  }
}

function enterAlone(breaker: Breaker): Pass[] {
  const wasDown = breaker.look().state === "down";
  const given = breaker.enter();
  if (wasDown && given) {
    expect(breaker.enter()).toBeNull();
  }
  return given ? [given] : [];
}

test("whatever happens in whatever order: while down, one call is out at most; and every outage ends in a probe", () => {
  fc.assert(
    fc.property(fc.array(act, { maxLength: 60 }), fc.nat(1_000), (acts, dice) => {
      const held = open(() => dice / 1_000);
      play(acts, held);
      held.clock.ms += Math.max(usualRules.longMs, usualRules.holdMaxMs, usualRules.probeMaxMs);
      pass(held.breaker).heard();
      expect(held.breaker.look().state).toBe("up");
    }),
    { numRuns: 500 },
  );
});
