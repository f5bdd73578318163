import { sameWords } from "@/lib/statement";
import { isInstruction } from "./own-statements";
import type { FactRefusal, FoundFact } from "./schema-fact";

const OBJECT_CHARS_MAX = 160;
const PREDICATE_CHARS_MAX = 40;

/** A value of a person's that stands in the vault. */
const PERSONAL = /\[(?:PERSON|ADDRESS|EMAIL|PHONE|IBAN|SSN|IP)_\d{1,6}\]/;
const PLACEHOLDER = /^\[[A-Z]{2,12}_\d{1,6}\]$/;

/** The answer of a form that nobody filled in, and what a model writes where it found nothing. */
const UNANSWERED =
  /^(?:[^\p{L}\p{N}]*|unknown|not (?:given|known|specified|provided|stated|mentioned|available|applicable|sure)|n\/?a|none|null|nil|undefined|tbd|tba|to be (?:determined|confirmed|filled)|nothing|x{2,}|\.{2,}.*|(?:please )?(?:enter|fill in|insert|choose|select|specify)\b.*|your .{1,30}(?: here)?)$/iu;
const TEMPLATE =
  /_{2,}|\.{4,}|<[^>]{0,40}>|\{[^}]{0,40}\}|\[(?![A-Z]{2,12}_\d{1,6}\])[^\]]{0,40}\]|\?/u;

const RELATIVES =
  "wife|husband|spouse|partner|fianc[ée]e?|girlfriend|boyfriend|mother|mom|mum|father|dad|parents?|son|daughter|child|children|kids?|sister|brother|sibling|aunt|uncle|cousin|niece|nephew|grand\\w+|in-laws?|friend|flatmate|room-?mate|neighbou?r|manager|boss|supervisor|colleague|co-?worker|employee|secretary|teacher|doctor|dentist|lawyer|landlord|tenant|ex";
const RELATIVE = new RegExp(`\\b(?:${RELATIVES})s?\\b`, "iu");
const SOMEBODY = /\b(?:he|she|him|his|her|hers|someone|somebody)\b/iu;
const OTHERS = /\b(?:they|them|their|theirs)\b/iu;
/** "I am a teacher" speaks of the customer, "I am Ann's teacher" of Ann. */
const OWN_ROLE = /^(?:is|am|works as)$/;
const OF_WHOM = /['’]s\b|\bof\b/u;

/** How somebody feels at the moment, or what everybody writes to a desk. */
const MOOD =
  /^(?:(?:very|so|really|quite|just|still|not|a (?:bit|little)|pretty) )*(?:fine|good|well|great|ok|okay|alright|happy|glad|pleased|sorry|sure|certain|here|back|done|ready|afraid|curious|interested|confused|sad|angry|upset|annoyed|disappointed|frustrated|tired|busy|stuck|lost|late|waiting|looking|wondering|hoping|trying|writing|calling|asking|bored|customer|(?:new|regular|loyal|long-?time) customer|fan|bit|little|lot)\b/iu;
const HELP =
  /^(?:(?:some|your|any|more|quick|little|further|urgent) )*(?:help|assistance|support|info(?:rmation)?|advice|answers?|questions?|problems?|issues?|requests?|concerns?|query|moment|minute|look|chat|word|person|human|someone|somebody|agent|to (?:know|ask|talk|speak|chat|say|tell|see|check|complain|thank)|you)\b/iu;
const VAGUE =
  /^(?:it|this|that|these|those|them|one|ones|some|something|anything|everything|nothing|idea|way|same|so|more|less|yes|no|what|which)$/iu;

/** A right that nobody has by saying so. */
const CLAIMED_RIGHT =
  /\b(?:discounts?|rabatt|remise|descuento|sconto|korting|free of charge|for free|vouchers?|coupons?|store credit|entitled|eligible|authori[sz]ed|privileg\w*|exempt|vip|admin(?:istrator)?s?|(?:staff|team|support) members?|(?:developer|owner|employee|creator) of (?:this|the|your)|verified|refunds? (?:is|are|was|were) approved|approved)\b/iu;

/**
 * Why what an extractor found is not remembered across conversations; null where it may be. `said` is the line it was
 * found in. Whoever found it, model or rules, is held to the same.
 */
export function whyRefused(
  { kind, predicate, object }: Pick<FoundFact, "kind" | "predicate" | "object">,
  said: string,
): FactRefusal | null {
  if (object.length > OBJECT_CHARS_MAX || predicate.length > PREDICATE_CHARS_MAX) {
    return "too_long";
  }
  const about = sameWords(object);
  if (UNANSWERED.test(about) || TEMPLATE.test(object)) {
    return "template";
  }
  if (about === "" || sameWords(predicate) === "" || VAGUE.test(about)) {
    return "empty";
  }
  if (isPleasantry(kind, sameWords(predicate), about)) {
    return "pleasantry";
  }
  const text = `${predicate} ${object}`;
  if (isInstruction(text) || CLAIMED_RIGHT.test(text)) {
    return "instruction";
  }
  if (speaksOfOthers(predicate, object) || isOfSomebodyElse({ kind, predicate, object }, said)) {
    return "third_person";
  }
  return isSaid(predicate, about, said) ? null : "not_said";
}

function isPleasantry(kind: FoundFact["kind"], predicate: string, about: string): boolean {
  const feels = /^(?:is|am|feels?)$/.test(predicate) && MOOD.test(about);
  const asks = /^(?:has|have|needs?|wants?|open matter)$/.test(predicate) && HELP.test(about);
  return feels || (kind !== "profile" && asks);
}

function speaksOfOthers(predicate: string, object: string): boolean {
  const text = `${predicate} ${object}`;
  const related = OWN_ROLE.test(sameWords(predicate)) ? OF_WHOM.test(object) : RELATIVE.test(text);
  return related || SOMEBODY.test(text) || OTHERS.test(text);
}

/**
 * A personal value is the customer's own only where they say that it is: as their name, or as their address, e-mail or
 * telephone in a line that speaks of nobody else.
 */
function isOfSomebodyElse(
  { kind, predicate, object }: Pick<FoundFact, "kind" | "predicate" | "object">,
  said: string,
): boolean {
  if (!PERSONAL.test(object)) {
    return false;
  }
  const isName = /^is named$/.test(predicate);
  return (
    kind !== "profile" ||
    !PLACEHOLDER.test(object) ||
    isName !== object.startsWith("[PERSON_") ||
    (!isName && (RELATIVE.test(said) || SOMEBODY.test(said)))
  );
}

/** Words in which a relation may be put that the line has put otherwise: "I'm Ann" is "is named". */
const RELATION_WORDS = new Set(
  "is am are was has have own owns owned use uses bought got named called prefer prefers like likes love loves hate hates dislike dislikes work works lives live at in as for with from open matter address e mail email phone size wears wear speaks speak".split(
    " ",
  ),
);

/** Every word of it stands in the line: nothing that was recalled, guessed or taken from another line. */
function isSaid(predicate: string, about: string, said: string): boolean {
  const words = new Set(wordsOf(said));
  const relation = wordsOf(predicate).filter((word) => !RELATION_WORDS.has(word));
  return (
    wordsOf(about).every((word) => words.has(word)) &&
    relation.every((word) => words.has(word) || words.has(word.replace(/s$/, "")))
  );
}

function wordsOf(text: string): string[] {
  return (
    text
      .normalize("NFKC")
      .toLowerCase()
      .match(/[\p{L}\p{N}_]+/gu) ?? []
  );
}
