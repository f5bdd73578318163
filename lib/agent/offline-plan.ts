import { sentencesOf } from "@/lib/sentences";
import { customerSentences, knownOrders } from "./offline-recall";
import type { Situation } from "./offline-situation";
import { type Intent, orderNumbersIn, type Understanding, understand } from "./offline-understand";
import { TOOL } from "./tool-results";

export type PlannedCall = { name: string; args: Record<string, string> };
export type Plan = { understood: Understanding; calls: PlannedCall[]; guess: boolean };

/** How the offline model offers a person; "yes" to it is a request. */
export const OFFER = "Shall I ask a person from our team to take over?";
/** How it admits that it did not understand. */
export const UNSURE = "I am not sure that I understand";
/** How it asks which order is meant, and offers to prepare the cancellation of the only one. */
export const WHICH_TO_CANCEL = "Which one shall I prepare to be cancelled?";
export const CANCEL_THIS = "Shall I prepare its cancellation?";
/** How it asks for a confirmation that it cannot give itself. */
export const CONFIRM_BELOW =
  "Please check the card below and confirm it there: nothing is cancelled before that.";

const ORDERS_MAX = 3;
const REFERS =
  /\b(?:it|that|this|the (?:order|package|parcel|delivery|shipment)|my (?:order|package|parcel|delivery)|shipping|delivery|status|arrive|due|yesterday)\b/iu;

/** What to look up before answering. The same situation always gives the same plan. */
export function makePlan(situation: Situation): Plan {
  const understood = withContext(understand(situation.input), situation);
  const wants = (intent: Intent) => understood.intents.includes(intent);
  const calls: PlannedCall[] = [];
  if (wants("person")) {
    return { understood, calls: [handOff("customer_asked")], guess: false };
  }
  if (wants("cancel_order")) {
    calls.push(...cancelCalls(understood, situation));
  } else if (wants("order_list")) {
    calls.push({ name: TOOL.orders, args: {} });
  } else if (wants("order_status") || wants("change_order")) {
    calls.push(...orderCalls(understood, situation));
  }
  if (wants("help_article") || wants("change_order") || wants("danger")) {
    calls.push(
      ...aboutHelp(situation.input).map((query) => ({ name: TOOL.articles, args: { query } })),
    );
  }
  if (wants("product")) {
    calls.push({ name: TOOL.products, args: { query: productQuery(situation) } });
  }
  const nothingSaid = situation.input === "" && situation.results.length > 0;
  if (nothingSaid || understood.intents.length > 0 || isSilent(understood, situation)) {
    return { understood, calls, guess: false };
  }
  if (wasUnsure(situation)) {
    return { understood, calls: [handOff("agent_unsure")], guess: false };
  }
  const query = situation.input.slice(0, QUERY_CHARS_MAX);
  return {
    understood,
    calls: [
      { name: TOOL.articles, args: { query } },
      { name: TOOL.products, args: { query } },
    ],
    guess: true,
  };
}

const QUERY_CHARS_MAX = 300;

function handOff(reason: "customer_asked" | "agent_unsure"): PlannedCall {
  return { name: TOOL.handOff, args: { reason } };
}

/** "Yes" means what was offered; a bare number or "it" means the order that is spoken of. */
function withContext(understood: Understanding, situation: Situation): Understanding {
  const last = situation.history.findLast((line) => line.speaker === "assistant")?.text ?? "";
  if (understood.agrees && last.includes(OFFER)) {
    return { ...understood, intents: ["person"] };
  }
  const chosen = understood.orders.length > 0 && last.includes(WHICH_TO_CANCEL);
  if (chosen) {
    return { ...understood, intents: ["cancel_order"] };
  }
  if (understood.agrees && last.includes(CANCEL_THIS)) {
    return { ...understood, intents: ["cancel_order"], orders: orderNumbersIn(last).slice(-1) };
  }
  const asksAgain =
    understood.intents.length === 0 &&
    knownOrders(situation).length > 0 &&
    REFERS.test(situation.input);
  return asksAgain ? { ...understood, intents: ["order_status"] } : understood;
}

function orderCalls(understood: Understanding, situation: Situation): PlannedCall[] {
  const said = understood.orders.length > 0 ? understood.orders : knownOrders(situation).slice(-1);
  return said.length > 0
    ? said.slice(0, ORDERS_MAX).map((number) => ({ name: TOOL.order, args: { number } }))
    : [{ name: TOOL.orders, args: {} }];
}

const BY_MISTAKE =
  /\b(?:mistake|accident(?:ally)?|wrong(?:ly)?|twice|double|unintended|didn't mean)\b/iu;

/** Each order that is named, or the one that is spoken of; without any, the list to choose from. */
function cancelCalls(understood: Understanding, situation: Situation): PlannedCall[] {
  const reason = BY_MISTAKE.test(situation.input) ? "ordered_by_mistake" : "no_longer_needed";
  return orderCalls(understood, situation).map(({ name, args }) =>
    name === TOOL.order ? { name: TOOL.cancelOrder, args: { ...args, reason } } : { name, args },
  );
}

/** What to search the help pages for: each sentence that asks for help by itself, for two problems have two answers. */
function aboutHelp(input: string): string[] {
  const helpful = sentencesOf(input).filter((sentence) =>
    understand(sentence).intents.some((intent) =>
      ["help_article", "change_order", "danger"].includes(intent),
    ),
  );
  return (helpful.length > 0 ? helpful.slice(0, SEARCHES_MAX) : [input]).map((sentence) => {
    const meant = SYNONYMS.filter(([pattern]) => pattern.test(sentence)).map(([, words]) => words);
    return [sentence.slice(0, QUERY_CHARS_MAX), ...meant].join(" ");
  });
}

const SEARCHES_MAX = 2;

// How people say it, and how our pages do.
const SYNONYMS: [RegExp, string][] = [
  [/\bmoney back\b/iu, "refund"],
  [/\b(?:send|sent|give|gave|bring) (?:it|them|this|that|these)?\s?back\b/iu, "return"],
  [/\btoo (?:small|big|large|tight|wide|narrow|short|long)\b/iu, "exchange size"],
  [/\b(?:broke|broken|torn|ripped|defect(?:ive)?|faulty)\b/iu, "damaged warranty"],
  [/\b(?:postage|shipping)\b/iu, "delivery costs"],
  [/\b(?:late|overdue|hasn't arrived|not arrived)\b/iu, "delayed late parcel"],
];

/** "Do you have it in green?" is about what was asked before. */
function productQuery(situation: Situation): string {
  const before = customerSentences(situation).at(-1) ?? "";
  const words = situation.input.split(/\s+/).length;
  return (words < 5 ? `${before} ${situation.input}` : situation.input).slice(-QUERY_CHARS_MAX);
}

function isSilent(understood: Understanding, { input }: Situation): boolean {
  return understood.declines || (understood.agrees && input.split(/\s+/).length < 4);
}

function wasUnsure({ history }: Situation): boolean {
  const answers = history.filter((line) => line.speaker === "assistant");
  return answers.at(-1)?.text.includes(UNSURE) ?? false;
}
