import { expect, test } from "vitest";
import { summarizer } from "@/lib/agent";
import { ports } from "./ports";
import { TestRecord } from "./store-for-tests";
import { flush, HARD, prepare, restart, runFold, turn } from "./turn-for-tests";

test("with the offline summariser, too, a name and a need are remembered twenty turns and a summary later, after a restart, and after Redis was flushed", async () => {
  const record = await TestRecord.make();
  const summarize = summarizer();
  let folds = 0;
  const talk = async (question: string, answer: string) => {
    if ((await turn(record, question, answer)).needsFold) {
      const result = await runFold(record, summarize);
      expect(result.failure).toBeNull();
      folds += result.folds;
    }
  };
  await talk(
    "Hi, my name is Sarah. I need a waterproof two-person tent for order #ORD-789456.",
    "Hello Sarah! I have noted that.",
  );
  for (let n = 1; n <= 20; n += 1) {
    await talk(
      `And is there anything else that I should know about care instruction number ${n}?`,
      `Care instruction number ${n}: brush it off, let it dry, store it loosely in a dry place.`,
    );
  }
  expect(folds).toBeGreaterThan(1);
  for (const accident of [() => undefined, restart, flush, restart]) {
    await accident(record);
    const { summary, ledger, tail } = (await prepare(record)).promptBlock(HARD);
    expect(tail.some(({ seq }) => seq === 1)).toBe(false);
    expect(ledger.map(({ value }) => value)).toEqual(
      expect.arrayContaining(["Sarah", "#ORD-789456"]),
    );
    expect(summary).toMatch(/tent/);
  }
  expect(ports().process.stats().activeMemories).toBeGreaterThan(0);
});
