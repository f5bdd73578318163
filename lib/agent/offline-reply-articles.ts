import type { z } from "zod";
import { buildIndex, rank, termsOf } from "@/lib/rank";
import { sentencesOf } from "./offline-recall";
import type { ToolAnswer } from "./offline-situation";
import {
  ArticleResult,
  HandOffResult,
  type OrderFacts,
  OrderListResult,
  OrderResult,
  type PassageFacts,
  type ProductFacts,
  ProductResult,
  TOOL,
  ToolFailure,
} from "./tool-results";

/** What this turn's tools answered, sorted by kind. A result that cannot be read counts as failed. */
export type ReadAnswers = {
  orders: OrderResult[];
  list: OrderFacts[] | null;
  passages: PassageFacts[];
  products: ProductFacts[] | null;
  handedOff: boolean;
  failed: string[];
};

export function readAnswers(answers: ToolAnswer[]): ReadAnswers {
  const read: ReadAnswers = {
    orders: [],
    list: null,
    passages: [],
    products: null,
    handedOff: false,
    failed: [],
  };
  for (const { name, content } of answers) {
    const json = parseJson(content);
    if (json === null || ToolFailure.safeParse(json).success || !takeAnswer(read, name, json)) {
      read.failed.push(name);
    }
  }
  return read;
}

function takeAnswer(read: ReadAnswers, name: string, json: unknown): boolean {
  const take = <Data>(schema: z.ZodType<Data>, keep: (data: Data) => unknown): boolean => {
    const parsed = schema.safeParse(json);
    if (parsed.success) {
      keep(parsed.data);
    }
    return parsed.success;
  };
  switch (name) {
    case TOOL.order:
      return take(OrderResult, (data) => read.orders.push(data));
    case TOOL.orders:
      return take(OrderListResult, ({ orders }) => Object.assign(read, { list: orders }));
    case TOOL.articles:
      return take(ArticleResult, (data) => read.passages.push(...data.passages));
    case TOOL.products:
      return take(ProductResult, ({ products }) => Object.assign(read, { products }));
    case TOOL.handOff:
      return take(HandOffResult, ({ handedOff }) => Object.assign(read, { handedOff }));
    default:
      return false;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A model's tool may answer in plain words; here that is a failure like any other.
    return null;
  }
}

const SENTENCES_MAX = 4;
const PASSAGES_MAX = 2;
/** Of the question's words, how many a passage must hold before a mere guess is shown. */
const STRICT_SHARE = 0.5;

/** The sentences of the best passages that answer the question, each passage with its citation. */
export function articlePart(
  { passages }: ReadAnswers,
  question: string,
  mode: "usual" | "strict" = "usual",
): string | null {
  const first = passages[0];
  if (!first || (mode === "strict" && shareOf(first, question) < STRICT_SHARE)) {
    return mode === "strict" ? null : notFound(passages);
  }
  const second = passages.slice(1, PASSAGES_MAX).filter((other) => shareOf(other, question) >= 0.6);
  return [first, ...second].map((passage) => quote(passage, question)).join("\n\n");
}

function notFound(passages: PassageFacts[]): string | null {
  return passages.length === 0 ? "I did not find a help page about this." : null;
}

function shareOf({ title, heading, text }: PassageFacts, question: string): number {
  const asked = new Set(termsOf(question));
  const held = new Set(termsOf(`${title} ${heading} ${text}`));
  const found = [...asked].filter((term) => held.has(term)).length;
  return asked.size === 0 ? 0 : found / asked.size;
}

function quote({ cite, title, text }: PassageFacts, question: string): string {
  const plain = text.replaceAll(/^[-*] /gm, "").replaceAll(/\*\*|__|`/g, "");
  const sentences = sentencesOf(plain);
  const index = buildIndex(
    sentences.map((sentence, at) => ({ key: at, fields: [{ text: sentence, weight: 1 }] })),
  );
  const best = rank(index, question, SENTENCES_MAX).map((hit) => hit.key);
  // A passage opens with what it is about; the sentence after a match usually finishes the thought.
  const chosen = new Set([0, ...best, ...best.slice(0, 1).map((at) => at + 1)]);
  const said = sentences.filter((_, at) => chosen.has(at)).slice(0, SENTENCES_MAX);
  return `From our help page “${title}”: ${said.join(" ")} [${cite}]`;
}
