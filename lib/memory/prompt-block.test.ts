import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { asRedacted } from "@/lib/privacy";
import { countTokens } from "./count-tokens";
import { chatted, said } from "./for-tests";
import { FRAME_TOKENS, promptBlock } from "./prompt-block";
import { LINE_TOKENS, splitTurns, weighAll } from "./prune";
import { selectRecalled } from "./recall-select";
import type { LedgerItem, PromptBlock, RecordedRole } from "./schema";

const nothing = { summary: null, summaryTokens: 0, ledger: [], tail: [] };

/** What a block takes, counted anew. */
function costOf({ summary, ledger, recalled, tail }: PromptBlock): number {
  const folded =
    (summary ? countTokens(summary) + LINE_TOKENS : 0) +
    ledger.reduce((sum, { value }) => sum + countTokens(value) + LINE_TOKENS, 0) +
    selectRecalled(recalled, Number.POSITIVE_INFINITY).tokens;
  const spoken = tail.map((message) => ({ tokens: countTokens(message.text) }));
  return (folded > 0 ? FRAME_TOKENS : 0) + folded + weighAll(spoken);
}

describe("the memory's part of the prompt", () => {
  test("is everything when everything fits", () => {
    const tail = chatted(3);
    const summary = asRedacted("The customer is Sarah.");
    const block = promptBlock({ ...nothing, summary, summaryTokens: 6, tail }, 1000);
    expect(block).toMatchObject({ summary, tail });
  });

  test("leaves out the oldest raw turns first when the fold is late", () => {
    const tail = chatted(40);
    const summary = asRedacted("The customer is Sarah.");
    const block = promptBlock({ ...nothing, summary, summaryTokens: 6, tail }, 300);
    expect(block.summary).toBe(summary);
    expect(block.tail.at(-1)).toEqual(tail.at(-1));
    expect(block.tail[0]?.role).toBe("customer");
    expect(block.tail).toEqual(tail.slice(-block.tail.length));
    expect(block.tokens).toBeLessThanOrEqual(300);
  });

  test("shortens a newest turn that is over the limit by itself, the long text and not the short one", () => {
    const question = said(1, "customer", "Which of these fits my car?");
    const result = said(2, "tool", "roof box 340 litres black ".repeat(400));
    const block = promptBlock({ ...nothing, tail: [question, result] }, 200);
    expect(block.tail[0]).toEqual(question);
    expect(block.tail[1]?.text).toContain("[…]");
    expect(block.tokens).toBeLessThanOrEqual(200);
  });

  test("shows what the question touches, and leaves room for the turns before it and for what was folded", () => {
    const tail = chatted(10, 101);
    const touched = chatted(40);
    const ledger: LedgerItem[] = [{ kind: "name", value: asRedacted("Sarah"), seq: 1 }];
    const summary = asRedacted("The customer is Sarah. ".repeat(60));
    const state = { summary, summaryTokens: countTokens(summary), ledger, tail };
    const block = promptBlock(state, 1000, touched);
    expect(block.recalled.length).toBeGreaterThan(10);
    expect(block.recalled).toEqual(touched.slice(0, block.recalled.length));
    expect(block.ledger).toEqual(ledger);
    expect(countTokens(block.summary ?? "")).toBeGreaterThan(60);
    expect(splitTurns(block.tail).length).toBeGreaterThan(1);
    expect(block.tail.at(-1)).toEqual(tail.at(-1));
  });

  test("refuses a limit that holds no message", () => {
    expect(() => promptBlock(nothing, 0)).toThrow(RangeError);
    expect(() => promptBlock(nothing, -5)).toThrow(RangeError);
    expect(() => promptBlock(nothing, Number.NaN)).toThrow(RangeError);
  });

  test("is within the limit and ends with the newest message, whatever was said", () => {
    const Role = fc.constantFrom<RecordedRole>("customer", "assistant", "staff", "tool", "event");
    const Text = fc.oneof(
      fc.string({ unit: "grapheme", maxLength: 60 }),
      fc.integer({ min: 1, max: 400 }).map((times) => "noch ein 箱 ".repeat(times)),
    );
    const Tail = fc
      .array(fc.tuple(Role, Text), { maxLength: 30 })
      .map((lines) => lines.map(([role, text], index) => said(index + 1, role, text)));
    const Ledger = fc.array(
      fc.record<LedgerItem>({
        kind: fc.constant("amount"),
        value: fc.string({ maxLength: 12 }).map(asRedacted),
        seq: fc.integer({ min: 1, max: 99 }),
      }),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(
        Tail,
        Ledger,
        fc.option(Text),
        fc.array(Text, { maxLength: 20 }),
        fc.integer({ min: 24, max: 1200 }),
        (tail, ledger, prose, folded, limit) => {
          const touched = folded.map((text, at) => said(at + 1, "customer", text));
          const summary = prose === null ? null : asRedacted(prose);
          const summaryTokens = countTokens(prose ?? "");
          const block = promptBlock({ summary, summaryTokens, ledger, tail }, limit, touched);
          const tokens = costOf(block);
          expect(tokens).toBeLessThanOrEqual(limit);
          expect(block.tokens).toBe(tokens);
          expect(block.tail.at(-1)?.id).toBe(tail.at(-1)?.id);
          const newest = splitTurns(tail).at(-1) ?? [];
          if (weighAll(newest) <= limit) {
            expect(block.tail.slice(-newest.length)).toEqual(newest);
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});
