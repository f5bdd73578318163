import { describe, expect, test } from "vitest";
import type { FactLine } from "@/lib/customer/schema";
import { asRedacted } from "@/lib/privacy";
import { extractFacts } from "./extract-facts";

const line = (text: string, seq = 1): FactLine => ({
  id: `m${seq}`,
  seq,
  role: "customer",
  speaker: "Customer",
  text: asRedacted(text),
  createdAt: "2026-03-01T10:00:00.000Z",
});
const told = (text: string) =>
  extractFacts([line(text)]).map(({ kind, predicate, object, ends }) =>
    [kind, predicate, object, ...(ends ? ["ends"] : [])].join(" | "),
  );

describe("without a model, a customer's line tells of them", () => {
  test("who they are and where they work", () => {
    expect(told("My name is [PERSON_1], I am an engineer at TechCorp in the mobile team.")).toEqual(
      [
        "profile | is named | [PERSON_1]",
        "statement | is | engineer",
        "statement | works at | TechCorp",
        "statement | works in | mobile team",
      ],
    );
  });

  test("where they are reached", () => {
    expect(told("My e-mail is [EMAIL_1]. Call me on [PHONE_1]. I live at [ADDRESS_1].")).toEqual([
      "profile | e-mail is | [EMAIL_1]",
      "profile | phone is | [PHONE_1]",
      "profile | address is | [ADDRESS_1]",
    ]);
  });

  test("what they prefer, and what they own", () => {
    const said = "I prefer wool. My shoe size is 42. I own a green tent. I hate nylon.";
    expect(told(said)).toEqual([
      "preference | prefers | wool",
      "preference | shoe size is | 42",
      "statement | owns | green tent",
      "preference | hates | nylon",
    ]);
  });

  test("what they take back", () => {
    expect(told("I no longer work at TechCorp. I don't own a car any more.")).toEqual([
      "statement | works at | TechCorp | ends",
      "statement | owns | car | ends",
    ]);
    expect(told("I'm not at TechCorp any more.")).toEqual([
      "statement | works at | TechCorp | ends",
    ]);
    expect(told("I moved to Oslo.")).toEqual(["statement | lives in | Oslo"]);
  });

  test("what is open, and what is settled", () => {
    expect(told("My order #12345 has not arrived yet.")).toEqual([
      "matter | open matter | order #12345 has not arrived",
    ]);
    expect(told("The zip of my jacket is broken. I was charged twice.")).toEqual([
      "matter | open matter | zip of my jacket is broken",
      "matter | open matter | I was charged twice",
    ]);
    expect(told("Order 12345 has arrived.")).toEqual([
      "matter | open matter | Order 12345 has arrived | ends",
    ]);
    expect(told("The problem is solved, thank you.")).toEqual([
      "matter | open matter | The problem is solved | ends",
    ]);
  });

  test("nothing where it has no such form", () => {
    for (const text of ["Where is my order 12345?", "Hello", "Thanks!", "It is raining here."]) {
      expect({ text, told: told(text) }).toEqual({ text, told: [] });
    }
  });
});

test("each fact names the line that says it", () => {
  const found = extractFacts([line("I prefer wool.", 1), line("I live in Oslo.", 2)]);
  expect(found.map(({ source, object }) => [source, object])).toEqual([
    ["m1", "wool"],
    ["m2", "Oslo"],
  ]);
});

test("a long line without a full stop is read in no time", () => {
  const evil = `I'm ${"a ".repeat(4_000)}my ${"x ".repeat(1_000)}`;
  expect(extractFacts([line(evil)]).length).toBeLessThan(10_000);
});
