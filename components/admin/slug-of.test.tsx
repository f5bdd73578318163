import fc from "fast-check";
import { expect, test } from "vitest";
import { ArticleDraft } from "@/lib/knowledge/schema";
import { sizeText } from "./size-text";
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

test("a file's size is said in the unit that fits", () => {
  expect(sizeText(999)).toBe("999 bytes");
  expect(sizeText(23_400)).toBe("23.4 kB");
  expect(sizeText(5_250_000)).toBe("5.3 MB");
});
