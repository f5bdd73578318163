import { sentencesOf } from "@/lib/sentences";
import { type Statement, sameWords } from "@/lib/statement";
import { extractEnds } from "./extract-ends";
import { nameIn } from "./offline-recall";

const CUSTOMER = "Customer";
/** Up to where a part of a sentence goes on. All patterns are linear: each repetition has an end and a bound. */
const REST = "([^,.;:!?]{1,60}?)(?=[,.;:!?]|\\s(?:and|but|because|which|so|in|at|for|with)\\s|$)";
const ORDER = "((?:order|parcel|package)\\s#?[\\w-]{0,12}\\d[\\w-]{0,20})";
const JOB = "(?:an?|the)\\s([a-z][\\w-]{1,30}(?:\\s[a-z][\\w-]{1,30}){0,2}?)";
const TEAM = "([\\p{L}\\d &-]{2,40}?\\s(?:team|department|division|group))(?![\\p{L}])";
/** "I'm not at TechCorp any more" states the opposite. */
const HOLDS = "(?!\\s(?:not|no longer)\\s)";
const MAKER = "(\\p{Lu}[\\p{L}\\d&'’-]{1,40})";

type Rule = [pattern: RegExp, make: (...parts: string[]) => Statement];

const customer = (predicate: string) => (object: string) => ({
  subject: CUSTOMER,
  predicate,
  object,
});

/** What a sentence must look like, and what it then states. */
const RULES: Rule[] = [
  [
    new RegExp(`\\bI(?:['’]m| am) ${JOB}(?=\\s(?:at|for|with|in|from)\\s|[,.;!]|$)`, "gu"),
    customer("is"),
  ],
  [
    new RegExp(`\\bI work as ${JOB}(?=\\s(?:at|for|with|in)\\s|[,.;!]|$)`, "gu"),
    customer("works as"),
  ],
  [
    new RegExp(`\\bI(?:['’]m| am| work)${HOLDS}[^,.;!?]{0,60}?\\s(?:at|for) ${MAKER}`, "gu"),
    customer("works at"),
  ],
  [
    new RegExp(`\\bI(?:['’]m| am| work) (?:in|on) (?:the|a|an|our)\\s${REST}`, "gu"),
    customer("works in"),
  ],
  [
    new RegExp(`\\bI(?:['’]m| am| work)${HOLDS}[^,.;!?]{1,80}?\\s(?:in|on) the ${TEAM}`, "gu"),
    customer("works in"),
  ],
  [
    new RegExp(`\\b(?:I|I now) live in ${REST}|\\bI(?:['’]ve| have)? moved to ${REST}`, "gu"),
    customer("lives in"),
  ],
  [
    new RegExp(
      `\\bI (?:now |actually |still |also |really |usually |only )?(have|own|bought|ordered|returned|received|need|want|prefer|like|love|hate)\\s${REST}`,
      "gu",
    ),
    (verb, object) => ({ subject: CUSTOMER, predicate: verb, object: withoutArticle(object) }),
  ],
  [
    new RegExp(
      `\\b[Mm]y (?!name\\b|order\\s)([\\p{L}][\\p{L} -]{1,30}?)(?:['’]s name)? (?:is|was|are) ${REST}`,
      "gu",
    ),
    (relation, object) => ({ subject: CUSTOMER, predicate: `${relation} is`, object }),
  ],
  [
    new RegExp(`\\b${ORDER}\\s(is|was|has been|has not|hasn['’]t|arrived|came)\\s${REST}`, "giu"),
    (order, verb, object) => ({ subject: order, predicate: verb, object }),
  ],
  [
    new RegExp(
      `\\b(?:the|this) ([a-z][\\w-]{1,30}(?:\\s[a-z][\\w-]{1,30})?) (is|was|weighs|costs) ${REST}`,
      "giu",
    ),
    (thing, verb, object) => ({ subject: thing, predicate: verb, object }),
  ],
];

/**
 * What a customer's line states or takes back, by the form of its sentences; what has no such form is left out, and a
 * question states nothing. The words stay as they were written, so that a placeholder is a name like any other.
 */
export function extractTriples(text: string): Statement[] {
  const found = sentencesOf(text)
    .filter((sentence) => !sentence.endsWith("?"))
    .flatMap((sentence) => [
      ...extractEnds(sentence),
      ...namedIn(sentence),
      ...RULES.flatMap((rule) => apply(rule, sentence)),
    ]);
  return [...new Map(found.map((each) => [nameOf(each), each])).values()];
}

function nameOf({ subject, predicate, object, ends }: Statement): string {
  return JSON.stringify([subject, predicate, object].map(sameWords).concat(ends ? "ends" : []));
}

function namedIn(sentence: string): Statement[] {
  const name = nameIn(sentence);
  return name ? [customer("is named")(name)] : [];
}

function apply([pattern, make]: Rule, sentence: string): Statement[] {
  return [...sentence.matchAll(pattern)].map(([, ...parts]) =>
    make(...parts.flatMap((part) => part?.trim() ?? [])),
  );
}

function withoutArticle(object: string): string {
  return object.replace(/^(?:an?|the|my|some)\s/i, "");
}
