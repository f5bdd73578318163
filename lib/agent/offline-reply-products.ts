import { termsOf } from "@/lib/rank";
import type { ReadAnswers } from "./offline-reply-articles";
import type { ProductFacts } from "./tool-results";

const SHOWN_MAX = 3;
// Words of wanting, not of the thing.
const WANTING = new Set(
  termsOf(
    "looking look recommend suggest sell stock carry need want something good best new buy like product show any much price cost some also one two trip day days weekend budget under",
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
  const fitting = products.filter((product) => fits(product, wanted)).slice(0, SHOWN_MAX);
  if (fitting.length > 0) {
    return `This could suit you:\n\n${fitting.map(tellProduct).join("\n")}`;
  }
  return mode === "strict"
    ? null
    : "I did not find that in our shop: we sell outdoor clothing and gear. I keep what you told me in mind; what else may I look for?";
}

function fits({ name, category, description }: ProductFacts, wanted: string[]): boolean {
  const own = new Set(termsOf(`${name} ${category}`));
  const told = new Set(termsOf(description));
  return (
    wanted.some((term) => own.has(term)) || wanted.filter((term) => told.has(term)).length >= 2
  );
}

function tellProduct({ name, price, description, choices, inStock }: ProductFacts): string {
  const stock = inStock ? "" : " Not in stock at the moment.";
  const first = description.split(/(?<=\.)\s/)[0] ?? description;
  return `- **${name}**, ${price}. ${first}${choices ? ` Comes in ${choices}.` : ""}${stock}`;
}
