import { mkdtemp, readdir, readFile, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { keepMetric } from "./metrics";
import { makeReport, renderReport } from "./report";
import { writeReport } from "./report-file";

test("a report tells operations, hot conversations, stores, the system's memory and what the heap has grown", () => {
  keepMetric({
    timestamp: new Date(0).toISOString(),
    conversationId: "c",
    tokenCount: 120,
    processingTimeMs: 2,
    memoryType: "summary_buffer",
    cacheHit: true,
    error: null,
  });
  makeReport("p1");
  const ballast = Array.from({ length: 200_000 }, (_, at) => ({ at }));
  const made = makeReport("p1");
  expect(ballast).toHaveLength(200_000);
  expect(made.performance).toMatchObject({ totalOperations: 1, avgProcessingTimeMs: 2 });
  expect(made.manager).toMatchObject({ maxCapacity: 100 });
  expect(made.backends.map(({ name }) => name)).toEqual(["redis", "postgresql"]);
  expect(made.heapGrowths.length).toBeGreaterThan(0);
  expect(made.heapGrowths.length).toBeLessThanOrEqual(5);
  const text = renderReport(made);
  expect(text).toContain("Operations: 1 (summary_buffer 1), 0.0 % failed");
  expect(text).toContain("Hot conversations: 0 of 100");
  expect(text).toMatch(/System memory: [\d.]+ MB of [\d.]+ MB in use, [\d.]+ MB available/);
  expect(text).toContain(made.heapGrowths[0]?.space);
});

test("reports are files of text and JSON, and those of processes long gone are removed", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "reports-"));
  const old = path.join(folder, "memory-gone.txt");
  const foreign = path.join(folder, "notes.txt");
  for (const file of [old, foreign]) {
    await writeFile(file, "x");
    await utimes(file, 0, 0);
  }
  const made = makeReport("p2");
  await writeReport("p2", { text: renderReport(made), json: JSON.stringify(made) }, folder);
  expect((await readdir(folder)).toSorted()).toEqual([
    "memory-p2.json",
    "memory-p2.txt",
    "notes.txt",
  ]);
  expect(JSON.parse(await readFile(path.join(folder, "memory-p2.json"), "utf8"))).toEqual(made);
});
