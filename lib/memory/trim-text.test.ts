import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { asRedacted } from "@/lib/privacy";
import { countTokens } from "./count-tokens";
import { trimText } from "./trim-text";

describe("shortening a text", () => {
  test("leaves a text alone that fits", () => {
    expect(trimText(asRedacted("short enough"), 10)).toBe("short enough");
  });

  test("keeps the beginning and the end", () => {
    const text = asRedacted(`START ${"middle ".repeat(500)}END`);
    expect(trimText(text, 40)).toMatch(/^START .* \[…\] .*END$/);
  });

  test("never cuts a placeholder in two", () => {
    const text = "write to [EMAIL_1] or [PHONE_12] ".repeat(40);
    for (let limit = 5; limit < 120; limit += 1) {
      const rest = trimText(asRedacted(text), limit)
        .replaceAll(/\[(?:EMAIL_1|PHONE_12)\]/g, "")
        .replace("[…]", "");
      expect(rest).not.toMatch(/[[\]_]/);
    }
  });

  test("fits any text into any limit and never leaves half an emoji", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme", maxLength: 300 }),
        fc.integer({ min: 0, max: 60 }),
        (text, limit) => {
          const trimmed = trimText(asRedacted(text), limit);
          expect(countTokens(trimmed)).toBeLessThanOrEqual(limit);
          expect(Buffer.from(trimmed, "utf8").toString("utf8")).toBe(trimmed);
        },
      ),
    );
  });
});
