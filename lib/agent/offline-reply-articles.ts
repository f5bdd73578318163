import type { z } from "zod";
import { buildIndex, rank, termsOf } from "@/lib/rank";
import { sentencesOf } from "@/lib/sentences";
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
  ProposalResult,
  TOOL,
  ToolFailure,
} from "./tool-results";

/** What this turn's tools answered, sorted by kind. A result that cannot be read counts as failed. */
export type ReadAnswers = {
  orders: OrderResult[];
  list: OrderFacts[] | null;
  /** One list for each search. */
  searches: PassageFacts[][];
  products: ProductFacts[] | null;
  /** Changes that were prepared for the customer to confirm, or why not. */
  proposals: ProposalResult[];
  handedOff: boolean;
  failed: string[];
};

export function readAnswers(answers: ToolAnswer[]): ReadAnswers {
  const read: ReadAnswers = {
    orders: [],
    list: null,
    searches: [],
    products: null,
    proposals: [],
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
      return take(ArticleResult, (data) => read.searches.push(data.passages));
    case TOOL.products:
      return take(ProductResult, ({ products }) => Object.assign(read, { products }));
    case TOOL.cancelOrder:
      return take(ProposalResult, (data) => read.proposals.push(data));
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
/** Of the question's words, how many a passage must hold before it is shown as one meaning of several. */
const STRICT_SHARE = 0.5;

/** The sentences of each search's best passage that answer the question, with its citation. */
export function articlePart(
  { searches }: ReadAnswers,
  question: string,
  mode: "usual" | "strict" = "usual",
): string | null {
  const best = searches
    .flatMap((passages) => passages.slice(0, 1))
    .filter((passage) => mode === "usual" || shareOf(passage, question) >= STRICT_SHARE);
  if (best.length === 0) {
    return mode === "usual" && searches.length > 0
      ? "I did not find a help page about this."
      : null;
  }
  const pages = new Map(best.map((passage) => [passage.cite, passage]));
  return [...pages.values()].map((passage) => quote(passage, question)).join("\n\n");
}

/** How much of what is asked, in the sentence that fits best, the passage speaks of. */
function shareOf(passage: PassageFacts, question: string): number {
  return Math.max(0, ...sentencesOf(question).map((sentence) => shareOfOne(passage, sentence)));
}

function shareOfOne({ title, heading, text }: PassageFacts, sentence: string): number {
  const asked = new Set(termsOf(sentence));
  const held = new Set(termsOf(`${title} ${heading} ${text}`));
  const found = [...asked].filter((term) => held.has(term)).length;
  return asked.size === 0 ? 0 : found / asked.size;
}

/** Of what is said, the sentence that this passage speaks of most: the others are about something else, or a greeting. */
function fittingSentence(passage: PassageFacts, question: string): string {
  const [best = question] = sentencesOf(question).sort(
    (a, b) => shareOfOne(passage, b) - shareOfOne(passage, a),
  );
  return best;
}

/** Plain sentences: list marks go, and a row of a table becomes "Germany: 2 to 3 working days, €4.90." */
function withoutMarkdown(text: string): string {
  return text
    .replaceAll(/^#+ .*$/gm, "")
    .replaceAll(/^\|.*\|\n\|[\s:|-]+\|$\n?/gm, "")
    .replaceAll(/^\|\s*(.+?)\s*\|(.*)\|\s*$/gm, (_, first: string, rest: string) => {
      const cells = rest.split("|").map((cell) => cell.trim());
      return `${first}: ${cells.join(", ")}.`;
    })
    .replaceAll(/^(?:[-*]|\d+\.) /gm, "")
    .replaceAll(/\[([^\]]+)\]\(([^)]+)\)/g, "$1")
    .replaceAll(/\*\*|__|`/g, "");
}

function quote(passage: PassageFacts, question: string): string {
  const { cite, title, text } = passage;
  const asked = fittingSentence(passage, question);
  const sentences = sentencesOf(withoutMarkdown(text));
  const index = buildIndex(
    sentences.map((sentence, at) => ({ key: at, fields: [{ text: sentence, weight: 1 }] })),
  );
  const best = rank(index, asked, SENTENCES_MAX).map((hit) => hit.key);
  // A passage opens with what it is about; the sentence after a match usually finishes the thought.
  const [first = 0, ...others] = best;
  const wanted = [first, first + 1, 0, ...others].filter((at) => at < sentences.length);
  const chosen = new Set([...new Set(wanted)].slice(0, SENTENCES_MAX));
  const said = sentences.filter((_, at) => chosen.has(at));
  return `From our help page “${title}”: ${said.join(" ")} [${cite}]`;
}
