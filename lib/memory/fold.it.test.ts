import { describe, expect, test } from "vitest";
import { fold } from "./fold-memory";
import { chatted } from "./for-tests";
import { ports } from "./ports";
import { weighAll } from "./prune";
import type { Summarizer } from "./schema";
import { TestRecord } from "./store-for-tests";
import { PostgresMemory } from "./store-postgres";
import { extractive } from "./summarizer-for-tests";
import { expectWhole, prepare, runFold } from "./turn-for-tests";

describe("folding", () => {
  const long = async (turns: number) => {
    const record = await TestRecord.make();
    await record.say(chatted(turns, 1, 40));
    return record;
  };

  test("goes from above the high-water mark down to the low one, in segments that each are a fold", async () => {
    const record = await long(150);
    const summarize = extractive();
    const { folds, failure } = await runFold(record, summarize);
    expect(failure).toBeNull();
    expect(folds).toBeGreaterThan(2);
    const state = await expectWhole(record);
    expect(weighAll(state.tail)).toBeLessThanOrEqual(250);
    expect(state.version).toBe(folds);
    const rows = await record.foldRows();
    expect(rows).toHaveLength(folds);
    expect(rows.at(-1)?.tokensAfter).toBeLessThan(rows[0]?.tokensBefore ?? 0);
    expect(summarize.lines.flat()).toHaveLength(
      rows.reduce((sum, row) => sum + row.messagesFolded, 0),
    );
  });

  test("of two folds at once one wins each version, and nothing is lost or doubled", async () => {
    const record = await long(20);
    let release: (() => void) | undefined;
    const both = new Promise<void>((resolve) => {
      release = resolve;
    });
    let asked = 0;
    const together: Summarizer = async (...given) => {
      asked += 1;
      if (asked === 2) {
        release?.();
      }
      await both;
      return await extractive()(...given);
    };
    const results = await Promise.all([runFold(record, together), runFold(record, together)]);
    expect(results).toContainEqual({ folds: 0, failure: "lost" });
    expect(results).toContainEqual({ folds: 1, failure: null });
    const state = await expectWhole(record);
    expect(state.version).toBe(results.reduce((sum, { folds }) => sum + folds, 0));
  });

  test.each(["fail", "empty"] as const)(
    "a summariser that answers %s changes nothing, and the next try does it",
    async (how) => {
      const record = await long(20);
      const result = await runFold(record, extractive(how));
      expect(result).toMatchObject({ folds: 0 });
      expect((await expectWhole(record)).coveredThrough).toBe(0);
      expect((await record.foldRows()).map(({ failure }) => failure)).toEqual([
        how === "fail" ? "summariser_failed" : "summariser_empty",
      ]);
      expect((await runFold(record)).failure).toBeNull();
      expect((await expectWhole(record)).coveredThrough).toBeGreaterThan(0);
    },
  );

  test("killed between PostgreSQL and Redis, the next turn reads the fold and not the old copy", async () => {
    const record = await long(20);
    await prepare(record);
    const authority = new PostgresMemory(record.since);
    const killed = {
      ...ports().redis,
      name: "redis" as const,
      fold: () => Promise.reject(new Error("killed")),
    };
    const deps = { summarize: extractive(), since: record.since };
    await fold(record.conversationId, deps, { authority, copies: [killed as never] });
    const state = await expectWhole(record);
    expect(state.version).toBeGreaterThan(0);
    expect(state.summary).toContain("question 1 ");
  });

  test("killed in mid-backlog, the next job goes on where it stood", async () => {
    const record = await long(150);
    const first = await runFold(record);
    const summarize = extractive("fail");
    await record.say(chatted(150, 301, 40));
    expect((await runFold(record, summarize)).failure).toBe("summariser_failed");
    const { folds } = await runFold(record);
    expect((await expectWhole(record)).version).toBe(first.folds + folds);
  });

  test("writes nothing for a customer who is being erased", async () => {
    const record = await long(20);
    await record.setState("erasing");
    expect(await runFold(record)).toEqual({ folds: 0, failure: "inactive" });
    await record.setState("active");
    const authority = new PostgresMemory(record.since);
    const summarize = extractive();
    const slow: Summarizer = async (...given) => {
      await record.setState("erasing");
      return await summarize(...given);
    };
    await fold(
      record.conversationId,
      { summarize: slow, since: record.since },
      { authority, copies: [] },
    );
    expect((await record.memoryRow())?.summarySealed ?? null).toBeNull();
  });

  test("stops before an answer that is being written, whose seq is still empty", async () => {
    const record = await long(20);
    await record.startTurn({ answerSeq: 5 });
    await runFold(record);
    expect((await record.memoryRow())?.coveredThrough ?? 0).toBeLessThan(5);
  });
});
