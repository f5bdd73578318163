import { describe, expect, test } from "vitest";
import { ends, questionOf, type Statement, sameWords } from "./statement";

const says = (predicate: string, object: string, subject = "Customer"): Statement => ({
  subject,
  predicate,
  object,
});

describe("what is said now ends what was said before", () => {
  test.each([
    [says("works at", "TechCorp"), says("works at", "Initech")],
    [says("prefers", "tea"), says("prefers", "coffee")],
    [says("prefers", "blue"), says("prefers", "the red one")],
    [says("lives in", "Leipzig"), says("lives in", "Oslo")],
    [says("manager is", "John"), says("manager is", "Ann")],
    [says("shoe size is", "42"), says("shoe size is", "43")],
    [says("is", "delayed", "Order 12345"), says("has been", "delivered", "order 12345")],
    [says("likes", "wool"), says("hates", "wool")],
  ])("%j is over with %j", (before, said) => {
    expect(ends(said, before)).toBe(true);
  });

  test.each([
    [says("owns", "a tent"), says("owns", "a stove")],
    [says("likes", "tea"), says("likes", "coffee")],
    [says("prefers", "blue"), says("prefers", "e-mail")],
    [says("sister is", "Ann"), says("sister is", "Beth")],
    [says("works at", "TechCorp"), says("works as", "engineer")],
    [says("works at", "TechCorp"), says("works at", "Initech", "Sam")],
    [says("works at", "TechCorp"), says("works at", "techcorp.")],
    [says("likes", "tea"), says("hates", "coffee")],
  ])("%j goes on beside %j", (before, said) => {
    expect(ends(said, before)).toBe(false);
  });
});

test("what is taken back ends exactly that, whatever its spelling", () => {
  const taken = { ...says("works at", "techcorp"), ends: true };
  expect(ends(taken, says("works at", "TechCorp"))).toBe(true);
  expect(ends(taken, says("works at", "Initech"))).toBe(false);
  expect(ends(taken, says("likes", "TechCorp"))).toBe(false);
  expect(ends({ ...says("own", "tent"), ends: true }, says("has", "a tent"))).toBe(true);
});

test("a question has one name, however the relation is put", () => {
  expect(questionOf(says("e-mail address is", "[EMAIL_1]"))).toBe("e-mail");
  expect(questionOf(says("email is", "[EMAIL_1]"))).toBe("e-mail");
  expect(questionOf(says("works for", "TechCorp"))).toBe("works at");
  expect(questionOf(says("owns", "a tent"))).toBeNull();
});

test("case, article and last mark make no other word", () => {
  expect(sameWords("  The  Green Tent. ")).toBe("green tent");
});
