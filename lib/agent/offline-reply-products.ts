import { termsOf } from "@/lib/rank";
import type { ReadAnswers } from "./offline-reply-articles";
import type { ProductFacts } from "./tool-results";

const SHOWN_MAX = 3;
const FIT_MIN = 2;
const FIT_SHARE = 0.7;
// Words of wanting, not of the thing.
const WANTING = new Set(
  termsOf(
    "looking look recommend suggest sell stock carry need want something good best new buy like product show any much price cost some also trip day days weekend budget under",
  ),
);

/** Products whose own words the customer used; says so honestly when the shop has nothing of the kind. */
export function productPart(
  { products }: ReadAnswers,
  question: string,
  mode: "usual" | "strict" = "usual",
): string | null {
  if (products === null) {
    return null;
  }
  const wanted = termsOf(question).filter((term) => !WANTING.has(term));
  const fits = products.map((product) => ({ product, fit: fitOf(product, wanted) }));
  const best = Math.max(...fits.map(({ fit }) => fit), FIT_MIN);
  const fitting = fits
    .filter(({ fit }) => fit >= best * FIT_SHARE)
    // What can be bought comes first, then what fits best.
    .sort((a, b) => Number(b.product.inStock) - Number(a.product.inStock) || b.fit - a.fit)
    .slice(0, SHOWN_MAX)
    .map(({ product }) => product);
  if (fitting.length > 0) {
    return `This could suit you:\n\n${fitting.map(tellProduct).join("\n")}`;
  }
  return mode === "strict"
    ? null
    : "I did not find that in our shop: we sell outdoor clothing and gear. I keep what you told me in mind; what else may I look for?";
}

/** How many of the wanted words are the product's own; one in its name or category says more than one in its text. */
function fitOf({ name, category, description }: ProductFacts, wanted: string[]): number {
  const own = new Set(termsOf(`${name} ${category}`));
  const told = new Set(termsOf(description));
  return wanted.reduce((sum, term) => sum + (own.has(term) ? 2 : told.has(term) ? 1 : 0), 0);
}

function tellProduct({ name, price, description, choices, inStock }: ProductFacts): string {
  const stock = inStock ? "" : " Not in stock at the moment.";
  const first = description.split(/(?<=\.)\s/)[0] ?? description;
  return `- **${name}**, ${price}. ${first}${choices ? ` Comes in ${choices}.` : ""}${stock}`;
}
