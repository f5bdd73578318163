import { expect, test } from "vitest";
import { diff } from "./tools-diff";

test("a difference is told by its path, and a list as a whole", () => {
  const before = { orders: { "#1": { status: "pending", items: [{ id: 1 }], note: "x" } } };
  const after = { orders: { "#1": { status: "cancelled", items: [{ id: 2 }], why: "y" } } };
  expect(diff(before, after)).toEqual([
    { path: "/orders/#1/items", from: [{ id: 1 }], to: [{ id: 2 }] },
    { path: "/orders/#1/note", removed: "x" },
    { path: "/orders/#1/status", from: "pending", to: "cancelled" },
    { path: "/orders/#1/why", added: "y" },
  ]);
});

test("what is the same in another order of its names is no difference, and null is one", () => {
  expect(diff({ a: 1, b: { c: 2, d: 3 } }, { b: { d: 3, c: 2 }, a: 1 })).toEqual([]);
  expect(diff({ a: null }, { a: {} })).toEqual([{ path: "/a", from: null, to: {} }]);
});
