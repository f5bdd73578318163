import { describe, expect, test } from "vitest";
import { asRedacted } from "@/lib/privacy";
import { cpuMs, said } from "./for-tests";
import { findExactValues, mentions, mergeLedger } from "./ledger";

const found = (text: string) =>
  findExactValues([said(1, "customer", text)]).map(({ kind, value }) => `${kind} ${value}`);

describe("exact values", () => {
  test.each([
    ["My name is Sarah and I need a tent", ["name Sarah"]],
    ["Hi, I'm Sarah Connor.", ["name Sarah Connor"]],
    ["Hallo, ich heiße Jürgen", ["name Jürgen"]],
    ["I'm Sorry, this is Urgent", []],
    ["I'm waiting for order 12345", ["order 12345"]],
    ["Where is #ORD-789456?", ["order #ORD-789456"]],
    [
      "It cost €129.90 and 1.299,00 € more, or 45 USD",
      ["amount €129.90", "amount 1.299,00 €", "amount 45 USD"],
    ],
    ["due on 2026-04-12, or 24.12.2026", ["date 2026-04-12", "date 24.12.2026"]],
    ["arrives March 3rd, 2026 or 4 April", ["date 4 April", "date March 3rd, 2026"]],
    ["write to [EMAIL_1] or [PHONE_2]", ["placeholder [EMAIL_1]", "placeholder [PHONE_2]"]],
    ["I have 2 tents and 3 kids", []],
  ])("of %j", (text, values) => {
    expect(found(text)).toEqual(values);
  });

  test("an assistant's name is not the customer's", () => {
    expect(findExactValues([said(1, "assistant", "I am Robin")])).toEqual([]);
  });

  test("100,000 characters of digits, brackets and capitals take less than 200 ms", () => {
    for (const piece of ["1.111 ", "[EMAIL_", "ORD-1234", "I am A A A ", "12 March "]) {
      const message = said(1, "customer", "x");
      const text = asRedacted(piece.repeat(100_000 / piece.length));
      expect(cpuMs(() => findExactValues([{ ...message, text }]))).toBeLessThan(200);
    }
  });
});

describe("the ledger", () => {
  const item = (kind: "name" | "order", value: string, seq: number) => ({
    kind,
    value: asRedacted(value),
    seq,
  });

  test("holds each value once, with its newest message", () => {
    const merged = mergeLedger([item("order", "#ORD-1", 1)], [item("order", "ord-1", 7)], 10);
    expect(merged).toEqual([item("order", "ord-1", 7)]);
  });

  test("holds one name, the one stated last", () => {
    const merged = mergeLedger([item("name", "Sara", 1)], [item("name", "Sarah", 3)], 10);
    expect(merged).toEqual([item("name", "Sarah", 3)]);
  });

  test("when full lets the oldest go, but not the name", () => {
    const found = Array.from({ length: 9 }, (_, index) => item("order", `A-${index}`, index + 2));
    const merged = mergeLedger([item("name", "Sarah", 1)], found, 4);
    expect(merged.map(({ value }) => value)).toEqual(["Sarah", "A-6", "A-7", "A-8"]);
  });
});

test("a text mentions a value as whole words, whatever stands around it and whatever its letters mean to a pattern", () => {
  const name = { kind: "name", value: asRedacted("Sarah Miller") } as const;
  expect(mentions("Nice to meet you, sarah!", name)).toBe(true);
  expect(mentions("Sarahs are many", name)).toBe(false);
  const order = { kind: "order", value: asRedacted("#12345") } as const;
  expect(mentions("your 12345 is late", order)).toBe(true);
  expect(mentions("your 912345 is late", order)).toBe(false);
  const email = { kind: "placeholder", value: asRedacted("[EMAIL_1]") } as const;
  expect(mentions("to [EMAIL_1].", email)).toBe(true);
  expect(mentions("to [EMAIL_12].", email)).toBe(false);
});
