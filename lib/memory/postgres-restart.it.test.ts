import { beforeAll, expect, test, vi } from "vitest";
import { chatted } from "./for-tests";
import type { Summarizer } from "./schema";
import { TestRecord } from "./store-for-tests";
import { extractive } from "./summarizer-for-tests";
import { expectWhole, prepare, restart, runFold } from "./turn-for-tests";
import { wireThatBreaksAtCommit } from "./wire-for-tests";

let wire: Awaited<ReturnType<typeof wireThatBreaksAtCommit>>;

beforeAll(async () => {
  wire = await wireThatBreaksAtCommit();
});

/** The pool may still hold connections that were cut. */
const isBack = (record: TestRecord) =>
  vi.waitFor(() => record.claim(), { timeout: 10_000, interval: 100 });

test.each([
  ["before it heard that a fold is to be stored", "before", 0],
  ["once the fold is stored, and before anybody hears of it", "after", 1],
] as const)(
  "PostgreSQL restarts %s: nothing is lost, and the next try goes on",
  async (_, when, version) => {
    const record = await TestRecord.make();
    await record.say(chatted(150, 1, 40));
    await prepare(record);
    const summarize = extractive();
    const summarizeAndBreak: Summarizer = async (...given) => {
      wire.breakAtCommit(when);
      return await summarize(...given);
    };
    await expect(runFold(record, summarizeAndBreak)).rejects.toThrow();
    expect(wire.isWhole()).toBe(true);
    await isBack(record);
    expect((await record.memoryRow())?.version ?? 0).toBe(version);
    await expectWhole(record);
    await restart(record);
    await expectWhole(record);
    // The job is sent again.
    const again = extractive();
    expect((await runFold(record, again)).failure).toBeNull();
    await restart(record);
    const state = await expectWhole(record);
    // What counted was told to the summariser once: the first time's lines where they were stored, else the second's.
    const told = [...(version === 1 ? summarize.lines : []), ...again.lines].flat();
    expect(told.map(({ text }) => text)).toEqual(
      record.messages.filter(({ seq }) => seq <= state.coveredThrough).map(({ text }) => text),
    );
  },
);

test("PostgreSQL restarts while the summariser works: the fold is stored once it is back", async () => {
  const record = await TestRecord.make();
  await record.say(chatted(20, 1, 40));
  await prepare(record);
  const summarize: Summarizer = async (...given) => {
    wire.breakAtCommit("before");
    await expect(TestRecord.make()).rejects.toThrow();
    await isBack(record);
    return await extractive()(...given);
  };
  expect(await runFold(record, summarize)).toEqual({ folds: 1, failure: null });
  await expectWhole(record);
});
