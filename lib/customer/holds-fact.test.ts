import { expect, test } from "vitest";
import type { RedactedText } from "@/lib/privacy/schema";
import { holdsFact } from "./holds-fact";
import type { FactKind } from "./schema-fact";

const held = (text: string, predicate: string, object: string, kind: FactKind = "statement") =>
  holdsFact(text, { kind, predicate, object: object as RedactedText });

test("a text holds a fact whose words stand in it, whatever their case and marks", () => {
  expect(held("As you work at TECHCORP, I would", "works at", "TechCorp")).toBe(true);
  expect(held("TechCorp's office", "works at", "TechCorp")).toBe(true);
  expect(held("Hello [PERSON_1]!", "is named", "[PERSON_1]")).toBe(true);
  expect(held("Hello [PERSON_12]!", "is named", "[PERSON_1]")).toBe(false);
  expect(held("the techcorporation", "works at", "TechCorp")).toBe(false);
});

test("a text holds a fact whose words stand in it with another ending", () => {
  expect(held("Your tents are on their way", "owns", "a red tent")).toBe(false);
  expect(held("Two red tents are on their way", "owns", "red tent")).toBe(true);
  expect(held("she was camping", "likes", "camps")).toBe(true);
  expect(held("the tentative date", "owns", "tent")).toBe(false);
  expect(held("My order 123456", "order is", "12345")).toBe(false);
});

test("a word that is too short to tell takes the relation's word beside it", () => {
  expect(held("I am 42", "shoe size is", "42")).toBe(false);
  expect(held("my shoe size is 42", "shoe size is", "42")).toBe(true);
});

test("an open matter is told by what it is about", () => {
  const matter = "tent from quokkawool is broken";
  expect(held("I see: your tent from quokkawool broke.", "open matter", matter, "matter")).toBe(
    true,
  );
  expect(held("Is the stove broken?", "open matter", matter, "matter")).toBe(false);
  const order = "order #12345 is delayed";
  expect(held("Order 67890 is delayed", "open matter", order, "matter")).toBe(false);
});

test("where words have no spaces between them, they are found within", () => {
  expect(held("私は東京に住んでいます", "lives in", "東京")).toBe(true);
});
