import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { RedactedText } from "@/lib/privacy/schema";
import type { Fact, FactKind } from "./schema-fact";
import { keyOfFact, type NewFact, settleFacts } from "./settle-facts";

const day = (n: number) => `2026-03-${String(n).padStart(2, "0")}T10:00:00.000Z`;

function fact(at: number, predicate: string, object: string, more: Partial<NewFact> = {}): NewFact {
  const kind: FactKind = predicate === "prefers" ? "preference" : "statement";
  return {
    id: `f${at}`,
    kind,
    predicate,
    object: object as RedactedText,
    confidence: 0.9,
    conversationId: "c1",
    messageId: `m${at}`,
    since: day(at),
    until: null,
    ...more,
  };
}

/** The facts after each was read in its turn. */
function told(...facts: NewFact[]): Fact[] {
  return facts.reduce<Fact[]>((known, each) => {
    const { added, ended } = settleFacts(known, [each]);
    const over = new Map(ended.map((one) => [one.id, one]));
    return [...known.map((one) => ({ ...one, ...over.get(one.id) })), ...added];
  }, []);
}

const holding = (facts: Fact[]) => facts.filter(({ until }) => !until).map(({ object }) => object);

describe("supersession", () => {
  test("a new preference ends the old one, which stays with its time and what took its place", () => {
    const facts = told(fact(1, "prefers", "tea"), fact(2, "prefers", "coffee"));
    expect(facts).toMatchObject([
      { object: "tea", until: day(2), supersededById: "f2", messageId: "m1" },
      { object: "coffee", until: null, supersededById: null },
    ]);
  });

  test("what is known already is not stored again, and keeps the message that said it first", () => {
    const facts = told(fact(1, "prefers", "wool"), fact(2, "prefers", "Wool."));
    expect(facts).toMatchObject([{ messageId: "m1", until: null }]);
    expect(facts).toHaveLength(1);
  });

  test("said again after something else, it holds anew", () => {
    const facts = told(
      fact(1, "prefers", "tea"),
      fact(2, "prefers", "coffee"),
      fact(3, "prefers", "tea"),
    );
    expect(holding(facts)).toEqual(["tea"]);
    expect(facts).toHaveLength(3);
  });

  test("what is taken back ends, and nothing is stored for it", () => {
    const facts = told(
      fact(1, "works at", "TechCorp"),
      fact(2, "works at", "techcorp", { ends: true }),
    );
    expect(facts).toMatchObject([{ object: "TechCorp", until: day(2), supersededById: null }]);
  });

  test("what was said earlier and is read later comes into the history", () => {
    const facts = told(fact(5, "lives in", "Oslo"), fact(2, "lives in", "Leipzig"));
    expect(holding(facts)).toEqual(["Oslo"]);
    expect(facts[1]).toMatchObject({ object: "Leipzig", until: day(5), supersededById: "f5" });
  });

  test("of one owner's things none ends another", () => {
    expect(holding(told(fact(1, "owns", "a tent"), fact(2, "owns", "a stove")))).toEqual([
      "a tent",
      "a stove",
    ]);
  });
});

describe("open matters", () => {
  const matter = (at: number, object: string, more: Partial<NewFact> = {}) =>
    fact(at, "open matter", object, { kind: "matter", until: day(31), ...more });

  test("a newer word about the same order takes the place of the older", () => {
    const facts = told(
      matter(1, "Order #12345 is delayed"),
      matter(2, "order 12345 is lost"),
      matter(3, "order 67890 is late"),
    );
    expect(facts.map(({ until }) => until)).toEqual([day(2), day(31), day(31)]);
  });

  test("an order that has arrived is not open any more, another one still is", () => {
    const facts = told(
      matter(1, "Order 12345 is late"),
      matter(2, "order 67890 is late"),
      matter(3, "order 12345 has arrived", { ends: true }),
    );
    expect(facts.map(({ until }) => until)).toEqual([day(3), day(31)]);
  });

  test("solved without a number means what was open in that conversation", () => {
    const facts = told(
      matter(1, "tent is broken"),
      matter(2, "stove is broken", { conversationId: "c2" }),
      matter(3, "it is solved", { ends: true }),
    );
    expect(facts.map(({ until }) => until)).toEqual([day(3), day(31)]);
  });
});

test("in whatever order conversations are read, what was said last is what holds", () => {
  const said = fc
    .uniqueArray(fc.integer({ min: 1, max: 28 }), { minLength: 1, maxLength: 8 })
    .map((days) => days.map((at) => ({ at, drink: `drink ${at}` })));
  fc.assert(
    fc.property(said, fc.array(fc.nat(), { minLength: 8, maxLength: 8 }), (drinks, order) => {
      const facts = drinks.map(({ at, drink }) => fact(at, "prefers", drink));
      const shuffled = facts
        .map((each, at) => ({ each, by: order[at] ?? 0 }))
        .sort((a, b) => a.by - b.by)
        .map(({ each }) => each);
      const last = [...facts].sort((a, b) => b.since.localeCompare(a.since))[0];
      expect(holding(told(...shuffled))).toEqual([last?.object]);
    }),
  );
});

test("facts that answer one question share a key, others do not", () => {
  const key = (predicate: string, object: string) => keyOfFact(fact(1, predicate, object));
  expect(key("prefers", "tea")).toBe(key("prefers", "coffee"));
  expect(key("owns", "a tent")).not.toBe(key("owns", "a stove"));
});
