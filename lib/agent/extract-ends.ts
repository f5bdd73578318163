import type { Statement } from "@/lib/statement";

const REST = "([^,.;:!?]{1,60}?)(?=[,.;:!?]|\\s(?:and|but|because|since|so)\\s|$)";
const VERBS = "work at|work for|work in|work as|live in|have|own|prefer|like|love|hate|need|want";
const MORE = "\\s(?:any ?more|any longer)\\b";
const MAKER = "(\\p{Lu}[\\p{L}\\d&'’-]{1,40})";

type Rule = [pattern: RegExp, make: (...parts: string[]) => [predicate: string, object: string][]];

const asSaid = (verb: string, object: string): [string, string][] => [[theirs(verb), object]];

/** Forms in which a customer takes back what held until now. Each is linear: no repetition within another. */
const RULES: Rule[] = [
  [new RegExp(`\\bI no longer (${VERBS})\\s${REST}`, "gu"), asSaid],
  [
    new RegExp(`\\bI (?:do not|don['’]t) (${VERBS})\\s([^,.;:!?]{1,60}?)${MORE}`, "gu"),
    (verb, object) => asSaid(verb, object),
  ],
  [
    new RegExp(
      `\\bI(?:['’]m| am) (?:no longer|not)[^,.;!?]{0,40}?\\s(?:at|with|for) ${MAKER}`,
      "gu",
    ),
    (maker) => [["works at", maker]],
  ],
  [new RegExp(`\\bI (?:left|quit) ${MAKER}`, "gu"), (maker) => [["works at", maker]]],
  [
    new RegExp(`\\bI(?:['’]ve| have)? moved (?:away |out )?(?:from|of) ${REST}`, "gu"),
    (place) => [["lives in", place]],
  ],
  [
    new RegExp(`\\bI(?:['’]ve| have)? (?:sold|gave away|given away) (?:my|the) ${REST}`, "gu"),
    (thing) => [["own", thing]],
  ],
];

/** What a sentence takes back; the relation is named as when it held. */
export function extractEnds(sentence: string): Statement[] {
  return RULES.flatMap(([pattern, make]) =>
    [...sentence.matchAll(pattern)].flatMap(([, ...parts]) =>
      make(...parts.map((part) => (part ?? "").trim())).map(([predicate, object]) => ({
        subject: "Customer",
        predicate,
        object: object.replace(/^(?:an?|the|my|some)\s/i, ""),
        ends: true,
      })),
    ),
  );
}

/** "work at" is stored as "works at", "live in" as "lives in"; a bare verb as it was said. */
function theirs(verb: string): string {
  return /^(?:work|live) /.test(verb) ? verb.replace(/^(\w+)/, "$1s") : verb;
}
