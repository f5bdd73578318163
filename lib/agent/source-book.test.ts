import { expect, test } from "vitest";
import { openSourceBook } from "./source-book";

const page = (slug: string) => ({ articleId: `id-${slug}`, slug, title: slug });

test("an answer lists exactly the pages that it cites, counted in the order of reading", () => {
  const book = openSourceBook();
  expect([book.cite(page("a")), book.cite(page("b")), book.cite(page("a"))]).toEqual([1, 2, 1]);
  const { text, sources } = book.settle("Send it back [2]. It is free [2] in Germany [1].");
  expect(text).toBe("Send it back [1]. It is free [1] in Germany [2].");
  expect(sources.map(({ href }) => href)).toEqual(["/help/b", "/help/a"]);
});

test("a citation that no search gave is taken out", () => {
  const book = openSourceBook();
  book.cite(page("a"));
  expect(book.settle("Surely [7]. Yes [1].")).toMatchObject({ text: "Surely. Yes [1]." });
});

test("placeholders are not citations", () => {
  expect(openSourceBook().settle("Write to [EMAIL_1].").text).toBe("Write to [EMAIL_1].");
});
