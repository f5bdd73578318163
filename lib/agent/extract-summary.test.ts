import fc from "fast-check";
import { expect, test } from "vitest";
import { countTokens } from "@/lib/memory";
import { asRedacted } from "@/lib/privacy";
import { extractSummary } from "./extract-summary";

const line = (speaker: string, text: string) => ({ speaker, text: asRedacted(text) });
const chat = [
  line("Customer", "I need a table at Little Hunan in San Jose."),
  line("Assistant", "For how many people, and at what time shall it be?"),
  line("Customer", "For 4 people at 7:30 pm, please."),
  line("Assistant", "Please confirm: Little Hunan in San Jose at 7:30 pm for 4 on March 8th."),
];

test("in a very short summary the values stand, those that were confirmed first", () => {
  expect(extractSummary(null, chat, 24)).toBe(
    "Also: 4; 7:30 pm; San Jose; Little Hunan; March 8th",
  );
});

test("in a longer one, sentences stand in their order, and what they hold is not said again", () => {
  const summary = extractSummary(null, chat, 80);
  expect(summary).toMatch(/^Customer: I need a table at Little Hunan in San Jose\.\n/);
  expect(summary.match(/Little Hunan/g)?.length).toBe(summary.match(/Little Hunan in/g)?.length);
  expect(summary).toContain("March 8th");
});

test("values come through later summaries, and are listed once", () => {
  const first = extractSummary(null, chat, 24);
  const later = extractSummary(first, [line("Customer", "And is there parking?")], 40);
  for (const value of ["Little Hunan", "7:30 pm", "March 8th"]) {
    expect(later.split(value)).toHaveLength(2);
  }
  expect(later.match(/Also:/g)).toHaveLength(1);
});

test("is within its tokens, whatever was said, and is not empty where something was", () => {
  const Said = fc.constantFrom(...chat.map(({ text }) => text), "ok", "Der Wert ist 箱 12.");
  const Line = fc.tuple(fc.constantFrom("Customer", "Assistant", "Tool"), Said);
  fc.assert(
    fc.property(
      fc.array(Line, { minLength: 1, maxLength: 30 }),
      fc.integer({ min: 16, max: 200 }),
      (lines, tokensMax) => {
        const given = lines.map(([speaker, text]) => line(speaker, text));
        const summary = extractSummary(null, given, tokensMax);
        expect(countTokens(summary)).toBeLessThanOrEqual(tokensMax);
        if (lines.some(([speaker]) => speaker !== "Tool")) {
          expect(summary.trim()).not.toBe("");
        }
      },
    ),
  );
});
