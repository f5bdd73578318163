import { expect, test } from "vitest";
import { replacerOf } from "./known-values";

const replace = replacerOf([
  { kind: "PERSON", n: 1, value: "Ann" },
  { kind: "PERSON", n: 2, value: "Ann (Bea) O'Hara-Möller" },
  { kind: "EMAIL", n: 1, value: "ann@example.com" },
  { kind: "PHONE", n: 1, value: "+49 30 1234567" },
]);

test("Known values become placeholders again, the longest first", () => {
  expect(replace("Ann (Bea) O'Hara-Möller, ann@example.com, +49 30 1234567")).toBe(
    "[PERSON_2], [EMAIL_1], [PHONE_1]",
  );
});

test("Parts of other words and ids stay", () => {
  expect(replace("Annabel and Joann met Ann.")).toBe("Annabel and Joann met [PERSON_1].");
  const id = "01936b2e-0000-7000-8000-000000000001";
  expect(replacerOf([{ kind: "PHONE", n: 1, value: "7000" }])(id)).toBe(id);
});

test("Without values nothing changes", () => {
  expect(replacerOf([])("Ann")).toBe("Ann");
});
