import { sentencesOf } from "@/lib/sentences";
import { detectLanguage, offerInLanguage } from "./offline-language";
import { CONFIRM_BELOW, OFFER, type Plan, UNSURE } from "./offline-plan";
import { knownName, nameIn, recall } from "./offline-recall";
import { articlePart, type ReadAnswers, readAnswers } from "./offline-reply-articles";
import { cancelPart, resultPart } from "./offline-reply-cancel";
import { orderPart } from "./offline-reply-orders";
import { productPart } from "./offline-reply-products";
import type { Situation } from "./offline-situation";
import type { Intent } from "./offline-understand";

type Context = { situation: Situation; plan: Plan; read: ReadAnswers };
type Part = (context: Context) => string | null;

const PARTS: Partial<Record<Intent, Part>> = {
  person: handOffPart,
  danger: () =>
    `This is serious, and a person should look at it. If somebody is hurt or in danger, please call your local emergency number first. ${OFFER}`,
  complaint: () => `I am sorry about this: that is not how it should go. ${OFFER}`,
  privacy: () =>
    "You decide about your data. On the [privacy page](/privacy) you can ask for a copy of it or have it corrected, restricted or erased, and on the [memory page](/memory) you see what is remembered and can let it be forgotten. I cannot delete anything from this chat myself.",
  identity: () =>
    "I am the shop's automatic assistant: a program with fixed rules, not a person and not a large language model. I can look up your orders, search our help pages and products, and bring in a person from our team.",
  recall: ({ situation }) => recall(situation),
  cancel_order: ({ read }) => cancelPart(read),
  change_order: (context) => changePart(context),
  order_list: ({ read }) => orderPart(read, "list"),
  order_status: ({ read }) => orderPart(read, "status"),
  help_article: (context) =>
    articlePart(context.read, context.situation.input, strictness(context)),
  product: (context) => productPart(context.read, context.situation.input, strictness(context)),
  tell: (context) => tellPart(context),
  thanks: () => "You are welcome!",
  greeting: (context) => greetingPart(context),
  goodbye: () => "Goodbye, and thank you for writing.",
};

/** The whole answer, made only of what the tools said and what the customer told. */
export function composeReply(situation: Situation, plan: Plan): string {
  const context: Context = { situation, plan, read: readAnswers(situation.answers) };
  const results = situation.results.map(resultPart);
  const parts = situation.input === "" && results.length > 0 ? [] : partsOf(context);
  if (context.read.handedOff && !plan.understood.intents.includes("person")) {
    parts.push(handOffPart(context));
  }
  const own = offerInLanguage(detectLanguage(situation.input));
  const reply = offerOnce([...results, ...parts, ...(own ? [own] : [])].join("\n\n"));
  const last = situation.history.findLast((line) => line.speaker === "assistant")?.text ?? "";
  return last.endsWith(reply) && context.read.orders.length > 0
    ? `I have looked again, and nothing has changed. ${reply}`
    : reply;
}

/** Several parts may offer a person; the last offer is enough. */
function offerOnce(text: string): string {
  const at = text.lastIndexOf(OFFER);
  return at === -1 ? text : text.slice(0, at).replaceAll(` ${OFFER}`, "") + text.slice(at);
}

function partsOf(context: Context): string[] {
  const { understood, guess } = context.plan;
  if (context.read.failed.length > 0) {
    return [
      `I could not look that up just now: our system did not answer. Please try again in a moment. ${OFFER}`,
    ];
  }
  if (guess) {
    return [guessPart(context)];
  }
  if (understood.intents.length === 0) {
    return context.read.handedOff
      ? ["I am sorry, I still do not understand what you need."]
      : [silentPart(context)];
  }
  const parts = understood.intents.flatMap((intent) => PARTS[intent]?.(context) ?? []);
  // A greeting or a thank-you in front of a question needs no paragraph of its own.
  const polite = new Set(["You are welcome!"]);
  const weighty = parts.filter((part) => !polite.has(part));
  const said = weighty.length > 0 ? weighty : parts;
  return said.length > 0 ? said : [guessPart(context)];
}

/** Where several things may be meant, only what fits well is said. */
function strictness({ plan }: Context): "usual" | "strict" {
  const subjects = ["help_article", "product", "order_status", "order_list"];
  const meant = plan.understood.intents.filter((intent) => subjects.includes(intent));
  return meant.length > 1 ? "strict" : "usual";
}

function handOffPart({ read }: Context): string {
  return read.handedOff
    ? "I have asked a person from our team to take over. They see this conversation and will answer here; you do not have to repeat anything."
    : `I could not reach the team's queue just now. Please press “Talk to a person”, or write to us again in a moment.`;
}

function changePart({ read, situation }: Context): string {
  const facts = [orderPart(read, "change"), articlePart(read, situation.input)];
  return [
    ...facts.filter((fact) => fact !== null),
    `I cannot change an order from this chat, and nothing has been changed. A person from our team can. ${OFFER}`,
  ].join("\n\n");
}

function tellPart({ situation, plan }: Context): string | null {
  const others = plan.understood.intents.filter((intent) => !["tell", "greeting"].includes(intent));
  const told = sentencesOf(situation.input).filter((sentence) => !sentence.endsWith("?"));
  const name = told.map(nameIn).find((found) => found !== null);
  if (others.length > 0) {
    return name ? `Nice to meet you, ${name}.` : null;
  }
  const rest = told.filter((sentence) => !nameIn(sentence) || /\b(?:and|at|,)\b/iu.test(sentence));
  const thanks = name ? `Nice to meet you, ${name}.` : "Thank you for telling me.";
  return rest.length > 0 && !isGreetingOnly(rest)
    ? `${thanks} I have noted this for our conversation:\n\n${rest.map((line) => `- “${line}”`).join("\n")}\n\nWhat can I do for you with it?`
    : `${thanks} How can I help you today?`;
}

function isGreetingOnly(lines: string[]): boolean {
  return lines.every((line) => line.split(/\s+/).length < 3);
}

function greetingPart({ situation, plan }: Context): string | null {
  if (plan.understood.intents.length > 1) {
    return null;
  }
  const name = knownName(situation);
  return `Hello${name ? `, ${name}` : ""}! I can look up your orders, answer questions from our help pages and find products. What can I do for you?`;
}

function silentPart({ plan, situation }: Context): string {
  const last = situation.history.findLast((line) => line.speaker === "assistant")?.text ?? "";
  if (last.includes(CONFIRM_BELOW) && plan.understood.agrees) {
    return "I cannot confirm it for you: please use the button on the card above. Nothing is cancelled before that.";
  }
  if (plan.understood.declines) {
    return "All right. Is there anything else that I can do for you?";
  }
  return situation.history.length > 0
    ? `Good. What would you like me to do? ${OFFER}`
    : "What can I do for you?";
}

function guessPart({ read, situation }: Context): string {
  const found =
    articlePart(read, situation.input, "strict") ?? productPart(read, situation.input, "strict");
  return found
    ? `${UNSURE} you rightly, but this may be what you are looking for.\n\n${found}\n\n${OFFER}`
    : `${UNSURE} what you need. I can look up orders, answer from our help pages and find products of our shop. Could you say it in other words? ${OFFER}`;
}
