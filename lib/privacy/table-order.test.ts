import fc from "fast-check";
import { expect, test } from "vitest";
import { inOrder } from "./table-order";

test("each table stands behind those that it refers to, whatever they are called", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat({ max: 9 }), fc.nat({ max: 9 }))), (pairs) => {
      const names = fc.sample(fc.uuid(), 10);
      const tables = names.map((name) => ({ name }));
      // A reference leads from a later table to an earlier one, or to itself: there is no circle.
      const references = pairs.map(([a, b]) => ({
        from: names[Math.max(a, b)] ?? "",
        to: names[Math.min(a, b)] ?? "",
      }));
      const ordered = inOrder(tables, references).map(({ name }) => name);
      expect(ordered).toHaveLength(10);
      for (const { from, to } of references) {
        expect(ordered.indexOf(to)).toBeLessThanOrEqual(ordered.indexOf(from));
      }
    }),
  );
});

test("a reference to a table that is left out decides nothing, and a circle is named", () => {
  const tables = [{ name: "B" }, { name: "A" }];
  expect(inOrder(tables, [{ from: "A", to: "Search" }])).toEqual([{ name: "A" }, { name: "B" }]);
  const circle = [
    { from: "A", to: "B" },
    { from: "B", to: "A" },
  ];
  expect(() => inOrder(tables, circle)).toThrow("circle: A, B");
});
