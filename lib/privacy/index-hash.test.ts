import fc from "fast-check";
import { expect, test } from "vitest";
import { anonymizeUserId, blindIndex } from "./index-hash";
import { lexemes, stems } from "./lexeme";

test("spellings of one address, number or order give one index", () => {
  expect(blindIndex("email", " Mia@Example.COM ")).toBe(blindIndex("email", "mia@example.com"));
  expect(blindIndex("email", "a@müller.example")).toBe(
    blindIndex("email", "a@xn--mller-kva.example"),
  );
  expect(blindIndex("phone", "+49 (30) 901820")).toBe(blindIndex("phone", "004930901820"));
  expect(blindIndex("order", "#ord-789456")).toBe(blindIndex("order", "ORD 789456"));
});

test("kinds do not share indexes, and an account's subject keeps every byte", () => {
  expect(blindIndex("order", "12345")).not.toBe(blindIndex("phone", "12345"));
  expect(blindIndex("oidc", "a|B")).not.toBe(blindIndex("oidc", "a|b"));
});

test("a pseudonym is 16 hex digits and always the same", () => {
  fc.assert(
    fc.property(fc.uuid(), (id) => {
      expect(anonymizeUserId(id)).toMatch(/^[0-9a-f]{16}$/);
      expect(anonymizeUserId(id)).toBe(anonymizeUserId(id));
    }),
  );
});

test("words are searched by their stem, without stop words, and are not readable", () => {
  expect(lexemes("Delayed deliveries")).toEqual(lexemes("the delay of my delivery"));
  expect(lexemes("tent").join()).toMatch(/^[0-9a-f]{16}$/);
  expect(stems("Order #ORD-789456, bitte")).toEqual(["order", "ord", "789456", "bitt"]);
});

test("words of other scripts stay whole, and a long text gives at most 500", () => {
  expect(stems("доставка опаздывает")).toEqual(["доставка", "опаздывает"]);
  expect(stems("東京に行きます").length).toBeGreaterThan(1);
  const long = Array.from({ length: 3_000 }, (_, at) => `w${at}`).join(" ");
  expect(lexemes(long)).toHaveLength(500);
});
