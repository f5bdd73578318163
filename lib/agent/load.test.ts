import { describe, expect, it, vi } from "vitest";
import { isOverloaded, timeTurn } from "./load";

const rest = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Keeps this process busy for `ms` in steps of `stepMs`, between which others may run for a moment. */
async function work(ms: number, stepMs: number): Promise<void> {
  const until = performance.now() + ms;
  while (performance.now() < until) {
    const stepUntil = performance.now() + stepMs;
    while (performance.now() < stepUntil) {
      // Busy on purpose.
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
}

describe("the load of a process", () => {
  it("is too much while every step waits half a second for the one before, and no more after a rest", async () => {
    isOverloaded();
    await work(2_400, 600);
    expect(isOverloaded()).toBe(true);
    // What rose stays for a second: one quick step says nothing yet.
    expect(isOverloaded()).toBe(true);
    await rest(1_300);
    expect(isOverloaded()).toBe(false);
  });

  it("is not too much when steps are many and short", async () => {
    await rest(1_100);
    isOverloaded();
    await work(1_200, 20);
    expect(isOverloaded()).toBe(false);
  });
});

describe("a turn's time", () => {
  it("ends on time in a process that rests", async () => {
    const late = vi.fn();
    timeTurn(100, late);
    await vi.waitFor(() => expect(late).toHaveBeenCalledOnce());
  });

  it("is given on while the process itself has no rest, and ends when it has", async () => {
    const late = vi.fn();
    timeTurn(200, late);
    await work(390, 10);
    expect(late).not.toHaveBeenCalled();
    await vi.waitFor(() => expect(late).toHaveBeenCalledOnce(), 3_000);
  });

  it("ends in a process that never rests too, after three times as long", async () => {
    const late = vi.fn();
    timeTurn(100, late);
    await work(450, 10);
    expect(late).toHaveBeenCalledOnce();
  });

  it("is not counted any more once the turn ended", async () => {
    const late = vi.fn();
    timeTurn(50, late)();
    await rest(120);
    expect(late).not.toHaveBeenCalled();
  });
});
