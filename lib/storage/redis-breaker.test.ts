import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Breaker } from "./redis-breaker";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Opens a breaker before a server that is silent so many times. */
function opened(silent: number) {
  const probe = vi.fn(async () => probe.mock.calls.length > silent);
  const breaker = new Breaker(probe);
  breaker.open();
  return { breaker, probe };
}

test("it asks by itself until there is an answer, and lets nobody through before", async () => {
  const { breaker, probe } = opened(2);
  const since = breaker.since;
  await vi.advanceTimersByTimeAsync(4_100);
  expect(probe).toHaveBeenCalledTimes(2);
  expect(breaker.since).toEqual(since);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(breaker.since).toBeNull();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(probe).toHaveBeenCalledTimes(3);
});

test("a clock that jumps keeps it open no longer and no shorter", async () => {
  for (const hours of [-24, 24]) {
    const { breaker, probe } = opened(0);
    vi.setSystemTime(Date.now() + hours * 3_600_000);
    expect(breaker.since).not.toBeNull();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(probe).toHaveBeenCalledTimes(1);
    expect(breaker.since).toBeNull();
  }
});

test("where there is reason to hope it asks at once, and never twice at the same time", async () => {
  const { breaker, probe } = opened(1);
  await Promise.all([breaker.ask(), breaker.ask()]);
  expect(probe).toHaveBeenCalledTimes(1);
  await breaker.ask();
  expect(breaker.since).toBeNull();
  await breaker.ask();
  expect(probe).toHaveBeenCalledTimes(2);
});

test("who finds it open already does not open it anew", () => {
  const { breaker } = opened(9);
  const { since } = breaker;
  vi.advanceTimersByTime(500);
  breaker.open();
  expect(breaker.since).toBe(since);
});
