import { asRedacted } from "@/lib/privacy";
import type { RedactedText } from "@/lib/privacy/schema";
import type { LedgerItem, RecordedMessage } from "./schema";

type Kind = LedgerItem["kind"];

const MONTH =
  "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)";
const CURRENCY_CODE = "(?:eur|usd|gbp|chf|jpy|sek|nok|dkk|pln|czk|euros?|dollars?|pounds?|francs?)";
const NUMBER = "\\d{1,3}(?:[.,' ]\\d{3}){0,4}(?:[.,]\\d{1,2})?|\\d{1,12}(?:[.,]\\d{1,2})?";

/** Each pattern's first group, or else the whole match, is the value. All are linear: no nested repetition. */
const PATTERNS: [Kind, RegExp][] = [
  ["placeholder", /\[[A-Z]{2,12}_\d{1,6}\]/g],
  ["order", /(?<![\w-])#?[A-Z]{2,5}-?\d{4,12}(?![\w-])/g],
  ["order", /(?<!\w)#[A-Z]?\d{4,12}(?!\w)/g],
  [
    "order",
    /\b(?:order|bestellung|auftrag|commande|pedido|ordine)(?: {0,2}(?:number|no\.?|nr\.?|nummer|id))?[ :#]{1,3}(\d{4,12})\b/giu,
  ],
  ["amount", new RegExp(`[€$£¥]\\s?(?:${NUMBER})(?![\\d])`, "gu")],
  ["amount", new RegExp(`(?<![\\w.,])(?:${NUMBER})\\s?(?:€|£|¥|${CURRENCY_CODE}\\b)`, "giu")],
  ["date", /\b\d{4}-\d{2}-\d{2}\b/g],
  ["date", /(?<![\d./])\d{1,2}[./]\d{1,2}[./](?:\d{4}|\d{2})(?![\d])/g],
  [
    "date",
    new RegExp(`\\b\\d{1,2}(?:st|nd|rd|th|\\.)?(?: of)? ${MONTH}\\b(?:,? \\d{4}\\b)?`, "giu"),
  ],
  ["date", new RegExp(`\\b${MONTH}\\.? \\d{1,2}(?:st|nd|rd|th)?\\b(?:,? \\d{4}\\b)?`, "giu")],
];

const NAME =
  /\b(?:[Mm]y name(?:'s| is)|[Mm]ein Name ist|[Ii]ch hei(?:ß|ss)e|[Jj]e m['’]appelle|[Mm]e llamo|[Mm]i nombre es|I['’]m|I am|[Tt]his is)\s{1,3}(\[PERSON_\d{1,6}\]|\p{Lu}[\p{L}'’-]{1,30}(?:\s\p{Lu}[\p{L}'’-]{1,30}){0,2})/gu;
// "I'm Sorry", "This is Urgent": capitals are not only for names.
const NOT_A_NAME =
  /^(?:Sorry|Sure|Not|Very|So|Just|Still|Also|Interested|Looking|Waiting|Trying|Having|Happy|Unhappy|Angry|Afraid|Fine|Good|Ok|Okay|Here|There|The|An?|My|Your|In|At|On|Out|From|Going|Done|Urgent|Important|Great|Bad|What|Why|How|It|Order|Customer|German|English|French|Spanish|Italian|American|British)\b/;

/**
 * The exact values of messages that are folded away: order numbers, amounts, dates, placeholders, and the name that a
 * customer stated. A summary in prose may blur them; these stand beside it letter by letter.
 */
export function findExactValues(messages: readonly RecordedMessage[]): LedgerItem[] {
  return messages.flatMap((message) => [...namesIn(message), ...valuesIn(message)]);
}

/** Joins new values to the ledger: each value once with its newest message, one name, the oldest leave when it is full. */
export function mergeLedger(
  ledger: readonly LedgerItem[],
  found: readonly LedgerItem[],
  itemsMax: number,
): LedgerItem[] {
  const byValue = new Map<string, LedgerItem>();
  for (const item of [...ledger, ...found]) {
    const key = item.kind === "name" ? "name" : `${item.kind} ${normalise(item.value)}`;
    const known = byValue.get(key);
    if (!known || known.seq <= item.seq) {
      byValue.set(key, item);
    }
  }
  const names = [...byValue.values()].filter(({ kind }) => kind === "name");
  // The customer's own name is a placeholder, too: once is enough.
  const others = [...byValue.values()]
    .filter(({ kind, value }) => kind !== "name" && names.every((name) => name.value !== value))
    .sort((a, b) => a.seq - b.seq);
  const room = Math.max(0, itemsMax - names.length);
  return [...names, ...(room > 0 ? others.slice(-room) : [])].sort((a, b) => a.seq - b.seq);
}

/** The same value, however it was written: "#12345" and "12345". */
export function isSameValue(
  one: Pick<LedgerItem, "kind" | "value">,
  other: Pick<LedgerItem, "kind" | "value">,
): boolean {
  return one.kind === other.kind && normalise(one.value) === normalise(other.value);
}

/**
 * Whether a text holds the value as whole words, also where no pattern would take it for one: "Nice to meet you, Sarah"
 * states no name, and yet the name could be learned from it again. Of a name, any of its words.
 */
export function mentions(
  text: string,
  { kind, value }: Pick<LedgerItem, "kind" | "value">,
): boolean {
  const words = kind === "name" ? value.split(/\s+/) : [value.replace(/^#/, "")];
  return words.some((word) => {
    const literal = word.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
    return new RegExp(`(?<![\\p{L}\\p{N}])${literal}(?![\\p{L}\\p{N}])`, "iu").test(text);
  });
}

function normalise(value: string): string {
  return value.toLowerCase().replace(/[#\s]/g, "");
}

function namesIn({ role, text, seq }: RecordedMessage): LedgerItem[] {
  if (role !== "customer") {
    return [];
  }
  return matches(text, NAME)
    .filter((value) => !NOT_A_NAME.test(value))
    .map((value) => ({ kind: "name", value, seq }));
}

function valuesIn({ role, text, seq }: RecordedMessage): LedgerItem[] {
  if (role === "event" || role === "boundary") {
    return [];
  }
  return PATTERNS.flatMap(([kind, pattern]) =>
    matches(text, pattern).map((value) => ({ kind, value, seq })),
  );
}

// A part of a redacted text is redacted.
function matches(text: RedactedText, pattern: RegExp): RedactedText[] {
  return [...text.matchAll(pattern)].map((match) => asRedacted((match[1] ?? match[0]).trim()));
}
