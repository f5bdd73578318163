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

  test("a team in the middle of a sentence, and nothing twice", () => {
    expect(stated("I am an engineer at TechCorp in the mobile team. I work at TechCorp.")).toEqual([
      ["Customer", "is", "engineer"],
      ["Customer", "works at", "TechCorp"],
      ["Customer", "works in", "mobile team"],
    ]);
  });

  test("what is over", () => {
    const over = (text: string) =>
      extractTriples(text).map(({ predicate, object, ends }) => [predicate, object, ends]);
    expect(over("I no longer work at TechCorp.")).toEqual([["works at", "TechCorp", true]]);
    expect(over("I'm not with TechCorp any more.")).toEqual([["works at", "TechCorp", true]]);
    expect(over("I don't like wool any more, I sold my tent.")).toEqual([
      ["like", "wool", true],
      ["own", "tent", true],
    ]);
    expect(over("I moved away from Leipzig.")).toEqual([["lives in", "Leipzig", true]]);
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
