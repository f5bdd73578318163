import { expect, test } from "vitest";
import { openSourceBook } from "./source-book";

const page = (slug: string, ordinal = 0, version = 1) => {
  return { articleId: `id-${slug}`, slug, title: slug, version, ordinal };
};

test("an answer lists exactly the pages that it cites, counted in the order of reading", () => {
  const book = openSourceBook();
  expect([book.cite(page("a")), book.cite(page("b")), book.cite(page("a"))]).toEqual([1, 2, 1]);
  const { text, sources } = book.settle("Send it back [2]. It is free [2] in Germany [1].");
  expect(text).toBe("Send it back [1]. It is free [1] in Germany [2].");
  expect(sources.map(({ href }) => href)).toEqual(["/help/b", "/help/a"]);
});

test("a source names the passages that were found, of one version of its article", () => {
  const book = openSourceBook();
  for (const hit of [page("a", 3), page("a", 1), page("a", 3), page("a", 0, 2)]) {
    book.cite(hit);
  }
  const { sources } = book.settle("So it is [1].");
  expect(sources[0]?.cited).toEqual({ version: 1, ordinals: [3, 1] });
});

test("a citation that no search gave is taken out", () => {
  const book = openSourceBook();
  book.cite(page("a"));
  expect(book.settle("Surely [7]. Yes [1].")).toMatchObject({ text: "Surely. Yes [1]." });
});

test("placeholders are not citations", () => {
  expect(openSourceBook().settle("Write to [EMAIL_1].").text).toBe("Write to [EMAIL_1].");
});
