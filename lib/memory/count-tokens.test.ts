import fc from "fast-check";
import { Tiktoken } from "js-tiktoken/lite";
import o200k from "js-tiktoken/ranks/o200k_base";
import { describe, expect, test } from "vitest";
import { countTokens } from "./count-tokens";
import { cpuMs } from "./for-tests";

const reference = new Tiktoken(o200k);
const exact = (text: string) => reference.encode(text, [], []).length;

describe("counting tokens", () => {
  test.each([
    "",
    "Hello, where is my order #ORD-789456?",
    "Für Größe 42 kostet der Rucksack 129,90 € — geht das?",
    "我的订单在哪里？ 注文はどこですか",
    "👩‍👩‍👧‍👦 family, it's we'll I'M",
    "line one\r\n\n  line two\t\ttab",
    '{"orders":[{"id":"12345","total":129.9}]}',
  ])("agrees with the reference for %j", (text) => {
    expect(countTokens(text)).toBe(exact(text));
  });

  test("agrees with the reference for any short text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 15 }), (text) => {
        expect(countTokens(text)).toBe(exact(text));
      }),
      { numRuns: 300 },
    );
  });

  test("treats special tokens in a customer's text as plain text", () => {
    expect(countTokens("<|endoftext|>")).toBeGreaterThan(1);
    expect(countTokens("<|endofprompt|>")).toBe(exact("<|endofprompt|>"));
  });

  test.each([
    ["one letter", "a".repeat(100_000)],
    ["mixed letters", "qwErtzuiopasdfgh1lkjyxcvbnm".repeat(3704).slice(0, 100_000)],
    ["Chinese", "我的订单在哪里请告诉".repeat(10_000)],
    ["punctuation", "!?".repeat(50_000)],
    ["white space", " ".repeat(100_000)],
    [
      "random letters",
      Array.from({ length: 100_000 }, (_, i) =>
        String.fromCharCode(97 + ((i * i * 31 + i * 7) % 26)),
      ).join(""),
    ],
  ])("takes less than 50 ms for 100,000 characters without spaces: %s", (_, text) => {
    countTokens("warm up");
    const times = [0, 1, 2].map(() => cpuMs(() => countTokens(text)));
    expect(Math.min(...times)).toBeLessThan(50);
  });

  test("is within 10 % for a text that is too long to be merged whole", () => {
    const text = Array.from({ length: 6000 }, (_, n) => `supercalifragilistic${n * n}注文`).join(
      "-",
    );
    const counted = countTokens(text);
    const halves = countTokens(text.slice(0, 8000)) * (text.length / 8000);
    expect(Math.abs(counted - halves) / halves).toBeLessThan(0.1);
  });
});
