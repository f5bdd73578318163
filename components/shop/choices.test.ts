import { expect, test } from "vitest";
import type { Product } from "@/lib/shop/schema";
import { choicesOf, isSoldOut, selectAcross } from "./choices";

function product(
  id: string,
  category: string,
  image: string,
  variants: Product["variants"] = [],
): Product {
  return {
    id,
    name: id,
    description: "",
    category,
    image,
    priceCents: 100,
    currency: "EUR",
    variants,
  };
}

const variant = (options: Record<string, string>, stock: number) => ({
  id: JSON.stringify(options),
  options,
  priceCents: 100,
  stock,
});

test("what can be chosen is counted, and one of a kind is no choice", () => {
  const boots = product("boots", "Footwear", "a", [
    variant({ size: "40", colour: "walnut" }, 1),
    variant({ size: "41", colour: "walnut" }, 0),
  ]);
  expect(choicesOf(boots)).toEqual(["2 sizes"]);
});

test("something is sold out only when no size and no colour of it is left", () => {
  expect(isSoldOut(product("a", "x", "a", [variant({}, 0)]))).toBe(true);
  expect(isSoldOut(product("a", "x", "a", [variant({ s: "1" }, 0), variant({ s: "2" }, 1)]))).toBe(
    false,
  );
});

test("the first selection goes across the shop before it takes a second of a kind, and shows no drawing twice", () => {
  const products = [
    product("jacket", "Jackets", "jacket"),
    product("softshell", "Jackets", "jacket"),
    product("down", "Jackets", "down"),
    product("tent", "Tents", "tent"),
  ];
  expect(selectAcross(products, 9).map(({ id }) => id)).toEqual(["jacket", "tent", "down"]);
  expect(selectAcross(products, 2).map(({ id }) => id)).toEqual(["jacket", "tent"]);
  expect(selectAcross([], 3)).toEqual([]);
});
