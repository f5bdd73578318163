import { describe, expect, test } from "vitest";
import { extractTriples } from "./extract-triples";

const stated = (text: string) =>
  extractTriples(text).map(({ subject, predicate, object }) => [subject, predicate, object]);

describe("without a model, a customer's line states", () => {
  test("who they are, where they work, and who their manager is", () => {
    expect(
      stated("Hi, I'm Sarah. I am an engineer at TechCorp. I work in the mobile team."),
    ).toEqual([
      ["Customer", "is named", "Sarah"],
      ["Customer", "is", "engineer"],
      ["Customer", "works at", "TechCorp"],
      ["Customer", "works in", "mobile team"],
    ]);
    expect(stated("My manager is John Davis, and my budget is 2000 euros.")).toEqual([
      ["Customer", "manager is", "John Davis"],
      ["Customer", "budget is", "2000 euros"],
    ]);
    expect(stated("My name is [PERSON_1] and my manager is [PERSON_2]")).toEqual([
      ["Customer", "is named", "[PERSON_1]"],
      ["Customer", "manager is", "[PERSON_2]"],
    ]);
  });

  test("what they have and how an order does", () => {
    expect(stated("I bought a green tent because it was cheap. Order #12345 is delayed.")).toEqual([
      ["Customer", "bought", "green tent"],
      ["Order #12345", "is", "delayed"],
    ]);
    expect(stated("The tent weighs 3 kg.")).toEqual([["tent", "weighs", "3 kg"]]);
  });

  test.each(["Where is my order 12345?", "Hello", "", "Thanks!", "Is the tent green?"])(
    "nothing in %j",
    (text) => {
      expect(stated(text)).toEqual([]);
    },
  );

  test("parts that hold no comma, whatever is written", () => {
    for (const text of ["I'm (a, b)<|>(c", "I have a, b, c", "My x is, y", "the a b is c, d"]) {
      expect(
        extractTriples(text).every((triple) => !Object.values(triple).join().includes(", ")),
      ).toBe(true);
    }
  });
});
