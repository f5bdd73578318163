import { expect, test } from "vitest";
import { readWords } from "./words";

const words = (line: string) => readWords(line.split(" "));

test("backends are named by a word or an address", () => {
  expect(words("--from redis --to postgres")).toMatchObject({
    from: { kind: "redis", url: undefined },
    to: { kind: "postgres" },
    dropSource: false,
  });
  expect(words("--from langchain+redis://h:1/2 --to file:/x")).toMatchObject({
    from: { kind: "langchain", url: "redis://h:1/2" },
    to: { kind: "file", folder: "/x" },
  });
  expect(words("--from postgres --to redis://h:1/2 --pattern 0197*")).toMatchObject({
    to: { kind: "redis", url: "redis://h:1/2" },
    pattern: "0197*",
  });
});

test("the same words name the same migration, and others another", () => {
  const one = words("--from redis --to postgres").name;
  expect(words("--from redis --to postgres").name).toBe(one);
  expect(words("--from redis --to postgres --pattern a*").name).not.toBe(one);
});

test.each([
  ["--from redis", "npm run memory:migrate"],
  ["--from redis --to redis", "same backend"],
  ["--from redis --to langchain", "clear text"],
  ["--from process --to redis", "copy that ends with it"],
  ["--from mongo --to redis", "mongo is no backend"],
  ["--from redis --to postgres --customer ada", "customer's id"],
  ["--from redis --to postgres --drop-source", "LangChain's lists"],
  [
    "--from redis --to postgres --pattern a --customer 0197a5b0-0000-7000-8000-000000000000",
    "not both",
  ],
])("%s is refused with a reason", (line, reason) => {
  expect(() => words(line)).toThrow(reason);
});
