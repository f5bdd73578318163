import { buildIndex, rank, termsOf } from "@/lib/rank";
import { sentencesOf } from "@/lib/sentences";
import { saidByCustomer } from "./offline-graph";
import type { Situation } from "./offline-situation";
import { orderNumbersIn } from "./offline-understand";

const QUOTES_MAX = 4;

/** Every sentence of the customer that is still known, oldest first: earlier conversations, summary, turns word for word. */
export function customerSentences({ facts, summary, history }: Situation): string[] {
  const before = facts.flatMap((line) => saidByCustomer(line) ?? []);
  const summarised = summary
    .split("\n")
    .flatMap(
      (line) => /^(?:[-*] )?Customer: (.+)$/.exec(line.trim())?.[1] ?? saidByCustomer(line) ?? [],
    )
    .flatMap(sentencesOf);
  const said = history
    .filter((line) => line.speaker === "customer")
    .flatMap((line) => sentencesOf(line.text));
  return [...new Set([...before, ...summarised, ...said])];
}

const NAME =
  /(?:\bmy name is|\bmy name's|\bcall me|\bi am|\bi'm|\bthis is|\bich heiße|\bje m'appelle|\bme llamo)\s+(\[PERSON_\d{1,6}\]|\p{Lu}[\p{L}'’-]+(?:\s\p{Lu}[\p{L}'’-]+)?)/u;

/** The name that a sentence introduces, if it does. Case counts only in the name. */
export function nameIn(sentence: string): string | null {
  const lowered = sentence
    .replaceAll("’", "'")
    .replace(/^(?:My|Call|This|I|Ich|Je|Me)\b/u, (word) => word.toLowerCase());
  const name = NAME.exec(
    lowered.replaceAll(/\bI(?='m| am)/g, "i").replace(/\bMy name/u, "my name"),
  )?.[1];
  return name ?? null;
}

/** The name the customer gave last. */
export function knownName(situation: Situation): string | null {
  const names = [...customerSentences(situation), ...sentencesOf(situation.input)].flatMap(
    (sentence) => nameIn(sentence) ?? [],
  );
  const fromValues = situation.values.flatMap((value) => /^name: (.+)$/.exec(value)?.[1] ?? []);
  return names.at(-1) ?? fromValues.at(-1) ?? null;
}

/** Order numbers that were spoken of before this message, the last one last. */
export function knownOrders({ summary, values, history }: Situation): string[] {
  const texts = [
    summary,
    ...values.map((value) => value.replace(/^order: (?!#)/, "order ")),
    ...history.map((line) => line.text),
  ];
  const found = texts.flatMap(orderNumbersIn);
  return found.filter((number, at) => found.lastIndexOf(number) === at);
}

const NEEDS =
  /\b(?:need|want|looking for|budget|prefer|must|should|require|plan(?:ning)?|trip|going to|days?|important|battery|at least|at most|under|size|for (?:my|a|an|the))\b/iu;
// Questions are not what a person told about themselves.
const ASKS = /\?\s*$/;

/** Answers a question about what was said earlier, in the customer's own words; never invents what is not there. */
export function recall(situation: Situation): string {
  const { input } = situation;
  if (/\bmy name\b|\bwho am i\b/iu.test(input)) {
    const here = knownName({ ...situation, facts: [] });
    const name = here ?? knownName(situation);
    return name
      ? `Your name is ${name}: you told me ${here ? "earlier in this conversation" : "in an earlier conversation"}.`
      : "You have not told me your name in this conversation yet. What may I call you?";
  }
  if (/\bwhich (?:order)\b|\bmy order number\b/iu.test(input)) {
    return recallOrder(situation);
  }
  const told = customerSentences(situation).filter((sentence) => !ASKS.test(sentence));
  const quotes =
    /\b(?:need|want|looking for|requirements?|tell you|told you|say|said|know about me|remember|conversation|chat|am i)\b/iu.test(
      input,
    )
      ? aboutNeeds(told, input)
      : bestOf(told, input, 2);
  return quotes.length > 0
    ? `This is what you told me earlier:\n\n${quotes.map((quote) => `- “${quote}”`).join("\n")}`
    : "I do not find that in what you have told me so far. Could you tell me again, please?";
}

function recallOrder(situation: Situation): string {
  const number = knownOrders(situation).at(-1);
  return number
    ? `We spoke about order ${number}.`
    : "You have not mentioned an order number in this conversation yet.";
}

/** Sentences that the question's own words touch, else what the customer said they need. */
function aboutNeeds(told: string[], question: string): string[] {
  const subject = termsOf(question).filter((term) => !GENERAL.has(term));
  const touched = subject.length > 0 ? bestOf(told, subject.join(" "), QUOTES_MAX) : [];
  if (touched.length > 0) {
    return touched;
  }
  const needs = told.filter((sentence) => NEEDS.test(sentence) || /\d/.test(sentence));
  const named = told.filter((sentence) => nameIn(sentence) && !needs.includes(sentence));
  return [...named.slice(-1), ...needs.slice(-QUOTES_MAX - 2)];
}

// Words of the asking itself, stemmed; what remains is the subject.
const GENERAL = new Set(
  termsOf(
    "say said tell told ask mention remember recall know need want look looking remind earlier before again conversation chat still about me summarise summarize write already exactly also please thing",
  ),
);

function bestOf(sentences: string[], question: string, count: number): string[] {
  const index = buildIndex(
    sentences.map((sentence, at) => ({ key: at, fields: [{ text: sentence, weight: 1 }] })),
  );
  return rank(index, question, count)
    .map((hit) => hit.key)
    .sort((a, b) => a - b)
    .flatMap((at) => sentences[at] ?? []);
}
