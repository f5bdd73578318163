import fc from "fast-check";
import { expect, test } from "vitest";
import { splitPassages } from "./split-passages";

const words = (count: number, word = "word") => Array.from({ length: count }, () => word).join(" ");

test("short sections stay together, each below its heading", () => {
  const passages = splitPassages("Returns", "Intro.\n\n## How\n\nSend it.\n\n## Cost\nFree.");
  expect(passages).toEqual([
    { heading: "Returns", text: "Intro.\n\n## How\n\nSend it.\n\n## Cost\n\nFree." },
  ]);
});

test("a section that does not fit any more opens a passage of its own", () => {
  const passages = splitPassages("T", `${words(100)}\n\n## Next\n\n${words(60)}`);
  expect(passages.map(({ heading }) => heading)).toEqual(["T", "Next"]);
});

test("paragraphs are gathered to about 120 words", () => {
  const passages = splitPassages("T", Array.from({ length: 6 }, () => words(50)).join("\n\n"));
  expect(passages.map(({ text }) => text.split(/\s+/).length)).toEqual([100, 100, 100]);
});

test("one endless paragraph is cut between sentences", () => {
  const text = Array.from({ length: 40 }, () => `${words(9)} end.`).join(" ");
  const passages = splitPassages("T", text);
  expect(passages.length).toBeGreaterThan(2);
  for (const passage of passages) {
    expect(passage.text.split(/\s+/).length).toBeLessThanOrEqual(170);
    expect(passage.text.endsWith("end.")).toBe(true);
  }
});

test("no word of an article is lost, whatever its paragraphs", () => {
  const paragraph = fc.array(fc.stringMatching(/^[a-z]{1,8}[.!]?$/), {
    minLength: 1,
    maxLength: 300,
  });
  fc.assert(
    fc.property(fc.array(paragraph, { maxLength: 8 }), (paragraphs) => {
      const body = paragraphs.map((list) => list.join(" ")).join("\n\n");
      const kept = splitPassages("T", body).map(({ text }) => text);
      expect(kept.join(" ").split(/\s+/).filter(Boolean)).toEqual(
        body.split(/\s+/).filter(Boolean),
      );
    }),
  );
});
