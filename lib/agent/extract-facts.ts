import type { FactKind, FactLine, FoundFact } from "@/lib/customer/schema";
import { sentencesOf } from "@/lib/sentences";
import { type Statement, sameWords } from "@/lib/statement";
import { extractMatters } from "./extract-matters";
import { extractTriples } from "./extract-triples";

type Known = { kind: FactKind; predicate: string; confidence: number };

/** Relations of a customer that are worth knowing in their next conversation, and how sure each form is. */
const RELATIONS: [RegExp, Known][] = [
  [/^is named$/, { kind: "profile", predicate: "is named", confidence: 0.95 }],
  [/^prefers?$/, { kind: "preference", predicate: "prefers", confidence: 0.9 }],
  [/^likes?$/, { kind: "preference", predicate: "likes", confidence: 0.8 }],
  [/^loves?$/, { kind: "preference", predicate: "loves", confidence: 0.8 }],
  [/^hates?$/, { kind: "preference", predicate: "hates", confidence: 0.8 }],
  [/^(?:have|has)$/, { kind: "statement", predicate: "has", confidence: 0.6 }],
  [/^owns?$/, { kind: "statement", predicate: "owns", confidence: 0.8 }],
  [/^bought$/, { kind: "statement", predicate: "bought", confidence: 0.6 }],
  [/^works at$/, { kind: "statement", predicate: "works at", confidence: 0.85 }],
  [/^works as$/, { kind: "statement", predicate: "works as", confidence: 0.9 }],
  [/^works in$/, { kind: "statement", predicate: "works in", confidence: 0.8 }],
  [/^lives in$/, { kind: "statement", predicate: "lives in", confidence: 0.9 }],
  [/^is$/, { kind: "statement", predicate: "is", confidence: 0.7 }],
];

const CONTACT =
  /^(?:(?:new|home|postal|delivery|shipping) )?address is$|^(?:new )?(?:e-?mail|phone|telephone|mobile)(?: address| number)? is$/;
const TASTE = /\b(?:favou?rite|preferred|preference|size)\b/;
/** What lasts no longer than the conversation, or what the shop knows better than the customer's words do. */
const PASSING =
  /^(?:order|orders|parcel|package|delivery|refund|return|payment|invoice|question|problem|issue|point|idea|plan|guess|understanding|bad|mistake|day|last|next|first|concern|request|message|tracking)\b/;

/** Where a personal value stands in a sentence that says what it is. */
const VALUES: [RegExp, string][] = [
  [/\bI live at (\[ADDRESS_\d{1,6}\])/gu, "address is"],
  [
    /\b(?:deliver|ship|send|post)\b[^.!?\n]{0,40}?\bto (?:me at )?(?:my (?:new |home )?address,? )?(\[ADDRESS_\d{1,6}\])/giu,
    "address is",
  ],
  [/\b(?:call|phone|ring|reach|text) me (?:on|at|under)?\s?(\[PHONE_\d{1,6}\])/giu, "phone is"],
  [
    /\b(?:write|mail|e-?mail|reach|contact) (?:to )?me (?:at|on|under|to)?\s?(\[EMAIL_\d{1,6}\])/giu,
    "e-mail is",
  ],
];

/** What lines of a customer state about themselves, by the form of their sentences. Only English has such forms here. */
export function extractFacts(lines: readonly FactLine[]): FoundFact[] {
  return lines.flatMap(({ id: source, text }) => {
    const matters = extractMatters(text);
    const own = extractTriples(text)
      .filter(({ subject }) => subject === "Customer")
      // How a thing stands that something is wrong with is the matter's, and passes with it.
      .filter(({ object }) => !matters.some((matter) => matter.object.includes(object)));
    const found = [...own.flatMap(fromStatement), ...valuesIn(text), ...matters];
    return found.map((fact) => ({ ...fact, source }));
  });
}

type Extracted = Omit<FoundFact, "source">;

function fromStatement({ predicate, object, ends }: Statement): Extracted[] {
  const known = knownRelation(sameWords(predicate));
  return known ? [{ ...known, object, ...(ends && { ends: true }) }] : [];
}

function knownRelation(predicate: string): Known | null {
  const listed = RELATIONS.find(([pattern]) => pattern.test(predicate))?.[1];
  if (listed) {
    return listed;
  }
  const [, noun] = /^(\S.*) (?:is|was|are)$/.exec(predicate) ?? [];
  if (!noun || PASSING.test(noun)) {
    return null;
  }
  if (CONTACT.test(predicate)) {
    return { kind: "profile", predicate, confidence: 0.9 };
  }
  const kind = TASTE.test(noun) ? "preference" : "statement";
  return { kind, predicate, confidence: kind === "preference" ? 0.9 : 0.7 };
}

function valuesIn(text: string): Extracted[] {
  return sentencesOf(text).flatMap((sentence) =>
    VALUES.flatMap(([pattern, predicate]) =>
      [...sentence.matchAll(pattern)].flatMap(([, object]) =>
        object ? [{ kind: "profile" as const, predicate, object, confidence: 0.8 }] : [],
      ),
    ),
  );
}
