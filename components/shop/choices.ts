import type { Product } from "@/lib/shop/schema";

const plurals = { size: "sizes", colour: "colours" };

/** What one may choose between: "5 sizes", "2 colours". One of a kind is no choice. */
export function choicesOf({ variants }: Product): string[] {
  return Object.entries(plurals).flatMap(([option, many]) => {
    const values = new Set(variants.flatMap(({ options }) => options[option] ?? []));
    return values.size > 1 ? [`${values.size} ${many}`] : [];
  });
}

/** Nothing of it is in stock, in any size or colour. */
export function isSoldOut({ variants }: Product): boolean {
  return variants.every(({ stock }) => stock === 0);
}

/** The shop window: what the place is about stands first. Categories that are not named follow in their own order. */
const windowOrder = ["Jackets", "Footwear", "Rucksacks", "Tents", "Mid-layers", "Sleeping"];

function windowPlace(category: string): number {
  const place = windowOrder.indexOf(category);
  return place === -1 ? windowOrder.length : place;
}

/**
 * A first selection across the whole shop: one of each category in turn, no drawing twice. The same every time, so that
 * the page does not shuffle under its readers.
 */
export function selectAcross(products: readonly Product[], count: number): Product[] {
  const drawn = new Set<string>();
  const distinct = products.filter(({ image }) => !drawn.has(image) && drawn.add(image));
  const shelves = new Map<string, Product[]>();
  const inOrder = distinct.sort((a, b) => windowPlace(a.category) - windowPlace(b.category));
  for (const product of inOrder) {
    shelves.set(product.category, [...(shelves.get(product.category) ?? []), product]);
  }
  const rounds = Math.max(0, ...[...shelves.values()].map((shelf) => shelf.length));
  const inTurn = Array.from({ length: rounds }, (_, round) =>
    [...shelves.values()].flatMap((shelf) => shelf[round] ?? []),
  );
  return inTurn.flat().slice(0, count);
}
