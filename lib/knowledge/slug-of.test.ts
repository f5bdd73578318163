import fc from "fast-check";
import { expect, test } from "vitest";
import { ArticleDraft } from "./schema";
import { slugOf } from "./slug-of";

test("a title becomes an address that people can read", () => {
  expect(slugOf("Returns & refunds: how it works")).toBe("returns-refunds-how-it-works");
  expect(slugOf("Größe und Länge")).toBe("grosse-und-lange");
});

test("whatever the title, the address is empty or one that an article may have", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 200 }), (title) => {
      const slug = slugOf(title);
      expect(slug === "" || ArticleDraft.shape.slug.safeParse(slug).success).toBe(true);
    }),
  );
});
