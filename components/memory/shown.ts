import type { FactKind } from "@/lib/customer/schema";
import type { LedgerItem } from "@/lib/memory/schema";
import { PlaceholderKind } from "@/lib/privacy/schema";

/** A remembered value as the page shows it. */
export type ShownValue = {
  kind: LedgerItem["kind"];
  stored: string;
  value: string;
  sources: readonly {
    messageId: string;
    role: string;
    text: string | null;
    createdAt: string;
  }[];
};

/** How many messages were forgotten. */
export type ForgetCount = { messages: number };

const kindNames: Record<Exclude<LedgerItem["kind"], "placeholder">, string> = {
  name: "Name",
  order: "Order",
  amount: "Amount",
  date: "Date",
};

const placeholderNames: Record<PlaceholderKind, string> = {
  EMAIL: "E-mail",
  PHONE: "Phone",
  IBAN: "Bank account",
  SSN: "National number",
  IP: "IP address",
  PERSON: "Name",
  ADDRESS: "Address",
};

/** What kind of value it is, in a word. */
export function nameOfKind({ kind, stored }: Pick<ShownValue, "kind" | "stored">): string {
  if (kind !== "placeholder") {
    return kindNames[kind];
  }
  const known = PlaceholderKind.safeParse(/^\[([A-Z]+)_/.exec(stored)?.[1]);
  return known.success ? placeholderNames[known.data] : "Personal value";
}

/** A fact across conversations as the page shows it. Times are ISO. */
export type ShownFact = {
  id: string;
  kind: FactKind;
  predicate: string;
  value: string;
  since: string;
  until: string | null;
  holds: boolean;
  replacedBy: string | null;
  corrected: boolean;
  source: { conversationId: string; text: string; createdAt: string } | null;
};

/** A relation that was stated in one conversation. */
export type ShownEdge = {
  subject: string;
  predicate: string;
  object: string;
  stored: { subject: string; predicate: string; object: string };
  until: string | null;
  source: { text: string; createdAt: string } | null;
};

const predicateNames: Record<string, string> = {
  "is named": "Name",
  is: "You are",
  has: "You have",
  owns: "You own",
  bought: "You bought",
  prefers: "You prefer",
  likes: "You like",
  loves: "You love",
  hates: "You do not like",
  "open matter": "Still open",
};

/** What a fact is about, in a word or two: "shoe size is" is "Shoe size", "works at" is "You work at". */
export function nameOfPredicate(predicate: string): string {
  const known = predicateNames[predicate];
  if (known) {
    return known;
  }
  const [, verb, rest] = /^(works|lives) (\w+)$/.exec(predicate) ?? [];
  if (verb) {
    return `You ${verb.slice(0, -1)} ${rest}`;
  }
  const noun = predicate.replace(/ (?:is|are|was)$/, "");
  return noun.charAt(0).toUpperCase() + noun.slice(1);
}

const QUOTE_CHARS = 120;

/** The beginning of a message, on one line. */
export function shorten(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > QUOTE_CHARS ? `${line.slice(0, QUOTE_CHARS).trimEnd()} …` : line;
}
