import { afterEach, expect, test, vi } from "vitest";
import { callWhenLate } from "./late";

afterEach(() => vi.useRealTimers());

test("what came in while this process was busy is heard before the other side is called late", async () => {
  const late = vi.fn();
  const callOff = callWhenLate(20, late);
  const heard = new Promise<void>((resolve) => {
    // As an answer whose socket is read after the timers: it had come long before.
    setTimeout(() => {
      callOff();
      resolve();
    }, 25);
  });
  for (const until = performance.now() + 60; performance.now() < until; ) {
    // Busy.
  }
  await heard;
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(late).not.toHaveBeenCalled();
});

test("what does not come is late after its time, and not when called off", async () => {
  vi.useFakeTimers();
  const [late, calledOff] = [vi.fn(), vi.fn()];
  callWhenLate(500, late);
  callWhenLate(500, calledOff)();
  await vi.advanceTimersByTimeAsync(499);
  expect(late).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(2);
  expect(late).toHaveBeenCalledOnce();
  expect(calledOff).not.toHaveBeenCalled();
});
