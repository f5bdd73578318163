import type { Product, VariantOptions } from "@/lib/shop/schema";

/** A product as it is written down here; the rest follows from it. */
export type Wanted = Pick<Product, "id" | "name" | "category" | "description" | "priceCents"> & {
  /** A drawing in public/products. */
  picture: string;
  variants: { options: VariantOptions; stock: number }[];
};

export function product({ variants, picture, ...wanted }: Wanted): Product {
  return {
    ...wanted,
    image: `/products/${picture}.svg`,
    currency: "EUR",
    variants: variants.map(({ options, stock }) => ({
      id: [wanted.id, ...Object.values(options)].join("-").toLowerCase().replaceAll(" ", "-"),
      options,
      priceCents: wanted.priceCents,
      stock,
    })),
  };
}

/** Every size in every colour, with a stock that is uneven like a real one and the same at every seeding. */
export function sizes(all: string[], colours: string[]): Wanted["variants"] {
  return colours.flatMap((colour, column) =>
    all.map((size, row) => ({ options: { size, colour }, stock: (row * 7 + column * 5 + 3) % 13 })),
  );
}

/** One or two variants, each followed by its stock. */
export function single(
  options: VariantOptions,
  stock: number,
  other?: VariantOptions,
  otherStock = 0,
): Wanted["variants"] {
  return [{ options, stock }, ...(other ? [{ options: other, stock: otherStock }] : [])];
}
