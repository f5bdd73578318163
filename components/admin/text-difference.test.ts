import fc from "fast-check";
import { expect, test } from "vitest";
import { differenceOf, shortened } from "./text-difference";

const textOf = (lines: ReturnType<typeof differenceOf>, without: "added" | "removed") =>
  lines
    .filter(({ kind }) => kind !== without)
    .map(({ pieces }) =>
      pieces
        .filter(({ kind }) => kind !== without)
        .map(({ text }) => text)
        .join(""),
    )
    .join("\n");

const line = fc.array(fc.constantFrom("send", "it", "back", "within", "60", "days"), {
  maxLength: 6,
});
const body = fc
  .array(
    line.map((words) => words.join(" ")),
    { minLength: 1, maxLength: 8 },
  )
  .map((lines) => lines.join("\n"));

test("both versions can be read back from the difference, whatever they are", () => {
  fc.assert(
    fc.property(body, body, (before, after) => {
      const lines = differenceOf(before, after);
      expect(textOf(lines, "added")).toBe(before);
      expect(textOf(lines, "removed")).toBe(after);
    }),
  );
});

test("an edited line shows the words that changed", () => {
  const [changed] = differenceOf("Send it within 30 days.", "Send it within 60 days.");
  expect(changed).toEqual({
    kind: "changed",
    pieces: [
      { kind: "same", text: "Send it within " },
      { kind: "removed", text: "30" },
      { kind: "added", text: "60" },
      { kind: "same", text: " days." },
    ],
  });
});

test("only what changed is shown, with a line around it", () => {
  const before = ["one", "two", "three", "four", "five", "six"].join("\n");
  const shown = shortened(differenceOf(before, before.replace("six", "seven")));
  expect(shown.map((each) => each?.pieces.map(({ text }) => text).join("") ?? "…")).toEqual([
    "…",
    "five",
    "six",
    "seven",
  ]);
  expect(shortened(differenceOf(before, before))).toEqual([]);
});

test("two long texts without a line in common count as written anew", () => {
  const long = (word: string) =>
    Array.from({ length: 2000 }, (_, at) => `${word} ${at}`).join("\n");
  const lines = differenceOf(long("old"), long("new"));
  expect(lines.filter(({ kind }) => kind === "removed").length).toBeGreaterThan(1900);
  expect(textOf(lines, "removed")).toBe(long("new"));
});
