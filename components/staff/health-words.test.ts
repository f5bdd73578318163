import { expect, test } from "vitest";
import { healthSentences } from "./health-words";

test("what stops everything is said first, and what stops nobody is not said", () => {
  const said = healthSentences(["model_second", "mail", "postgres"]);
  expect(said.map((sentence) => sentence.split(" ").slice(0, 2).join(" "))).toEqual([
    "The database",
    "Mails are",
  ]);
  expect(healthSentences([])).toEqual([]);
});
