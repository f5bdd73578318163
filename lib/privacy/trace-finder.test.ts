import fc from "fast-check";
import { expect, test } from "vitest";
import { type Pattern, TraceFinder } from "./trace-finder";

const bytes = (from: number, to: number) => fc.uint8Array({ minLength: from, maxLength: to });

/** The same by looking for one after the other. */
function findSlowly(patterns: readonly Pattern[], haystack: Uint8Array) {
  const text = Buffer.from(haystack);
  return patterns.flatMap(({ trace, bytes: pattern }) => {
    const found: { trace: number; at: number; length: number }[] = [];
    for (let at = text.indexOf(pattern); at >= 0; at = text.indexOf(pattern, at + 1)) {
      found.push({ trace, at, length: pattern.length });
    }
    return found;
  });
}

const inOrder = (found: { trace: number; at: number }[]) =>
  found.toSorted((one, other) => one.at - other.at || one.trace - other.trace);

test("whatever is looked for, and wherever it stands, the same is found as by looking for one after the other", () => {
  // Few different bytes, so that patterns overlap, repeat and hide in each other.
  const few = (from: number, to: number) =>
    fc
      .array(fc.nat({ max: 3 }), { minLength: from, maxLength: to })
      .map((numbers) => Uint8Array.from(numbers));
  fc.assert(
    fc.property(
      fc.array(fc.oneof(few(4, 9), bytes(4, 40)), { maxLength: 12 }),
      fc.array(fc.oneof(few(0, 60), bytes(0, 60)), { maxLength: 8 }),
      fc.array(fc.nat({ max: 11 }), { maxLength: 8 }),
      (forms, between, planted) => {
        const patterns = forms.map((each, trace) => ({ trace, bytes: each }));
        const pieces = between.flatMap((piece, at) => [piece, forms[planted[at] ?? 99] ?? []]);
        const haystack = Uint8Array.from(pieces.flatMap((piece) => [...piece]));
        const found = new TraceFinder(patterns).find(haystack);
        expect(inOrder(found)).toEqual(inOrder(findSlowly(patterns, haystack)));
      },
    ),
  );
});

test("without anything to look for nothing is found", () => {
  expect(new TraceFinder([]).find(Buffer.alloc(100))).toEqual([]);
});
