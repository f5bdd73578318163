import { expect, test } from "vitest";
import { openingFor } from "./opening-for";

test("an article begins with the question that was asked, and with nothing of who asked it", () => {
  const said = "Hello, I am [PERSON_1].  My tent leaks.\nDo you seal seams? Write to [EMAIL_1].";
  expect(openingFor(said)).toEqual({ title: "Do you seal seams?", slug: "do-you-seal-seams" });
  expect(openingFor("Waxing for [PERSON_2]")).toEqual({
    title: "Waxing for …",
    slug: "waxing-for",
  });
});

test("a long message makes a title that an article may have", () => {
  expect(openingFor("word ".repeat(100)).title.length).toBeLessThanOrEqual(120);
});
