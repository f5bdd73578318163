import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { SubjectKey } from "@/lib/privacy/schema";
import { chatted } from "./for-tests";
import { emptyState } from "./state";
import { TestRecord } from "./store-for-tests";
import { ProcessMemory } from "./store-process";
import { expectWhole, runFold, turn } from "./turn-for-tests";

const HOUR_MS = 3_600_000;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"] });
});
afterEach(() => {
  vi.useRealTimers();
});

const jump = (hours: number) => vi.setSystemTime(Date.now() + hours * HOUR_MS);

test("a clock that jumps by hours and days between any two turns loses nothing, and copies are used as before", async () => {
  const record = await TestRecord.make();
  const jumps = [30, -48, 1, -1, 9_000, -9_000, 0];
  for (let n = 0; n < 21; n += 1) {
    jump(jumps[n % jumps.length] ?? 0);
    const { needsFold } = await turn(record, `question ${n} ${"tent ".repeat(40)}`, "It is green.");
    jump(jumps[(n * 3) % jumps.length] ?? 0);
    if (needsFold) {
      expect((await runFold(record)).failure).toBeNull();
    }
    record.reads = [];
    await expectWhole(record);
    expect(record.reads).toEqual([]);
  }
  expect((await record.memoryRow())?.version).toBeGreaterThan(1);
});

test("what a process holds in the clear goes after its time, whatever the clock says", async () => {
  const owner = { ownerId: "sarah", epoch: 1 } as SubjectKey;
  const hot = new ProcessMemory({ conversationsMax: 9, seconds: 0.05 });
  const tail = chatted(1);
  await hot.save("c", owner, { ...emptyState(new Date()), tail, lastSeq: 2 });
  jump(48);
  expect(await hot.load("c", owner)).toMatchObject({ kind: "state" });
  jump(-9_000);
  await new Promise((resolve) => setTimeout(resolve, 80));
  expect(await hot.load("c", owner)).toEqual({ kind: "miss" });
});
