import type { FoundFact } from "@/lib/customer/schema";
import { sentencesOf } from "@/lib/sentences";

type Matter = Omit<FoundFact, "source">;

const OBJECT_CHARS_MAX = 150;
const ORDER = "(?:[Mm]y |[Tt]he |[Tt]his )?(?:[Oo]rder|[Pp]arcel|[Pp]ackage|[Dd]elivery)";
const NUMBER = "(?:\\s(?:number\\s|no\\.?\\s)?#?[A-Z]{0,4}-?\\d{4,12})?";

/** What a customer says when something is wrong or owed to them. Each is linear: bounded, nothing repeated within a repetition. */
const OPEN: RegExp[] = [
  new RegExp(
    `${ORDER}${NUMBER} (?:(?:still )?(?:has not|hasn['’]t|have not|did not|didn['’]t|never) (?:yet )?(?:arrived?|come|came|been delivered|turned up|shown up)|(?:is|was) (?:still )?(?:late|delayed|lost|missing|overdue|stuck|wrong|incomplete|damaged|not here)|arrived (?:damaged|broken|incomplete))`,
    "u",
  ),
  /\b(?:[Mm]y|[Tt]he) [^.,;!?]{2,50}? (?:is|are|was|were|has|arrived|came) (?:broken|damaged|defective|faulty|torn|leaking|missing|ripped|cracked|too (?:small|big|large|tight|wide|short|long))\b/u,
  /\bI(?: was| have been|['’]ve been| got) (?:charged|billed) (?:twice|double|too much)\b[^.!?]{0,40}/u,
  /\bI(?:['’]m| am) (?:still )?waiting for [^.,;!?]{2,60}/u,
  /\bI (?:want|need|would like|['’]d like|expect) (?:a |an |the |my )?(?:full |partial )?(?:refund|replacement|exchange|money back|invoice|repair)\b[^.,;!?]{0,60}/u,
];

const SETTLED =
  /\b(?:(?:it|that|this|everything|(?:my |the )?(?:problem|issue|matter)) (?:is|was|has been|['’]s) (?:now )?(?:solved|resolved|fixed|sorted|settled|done)|(?:problem|issue) solved|I (?:have )?(?:got|received) (?:my |the )?(?:refund|replacement|money back|order|parcel|package))\b/iu;
const ARRIVED = new RegExp(
  `${ORDER}(${NUMBER}) (?:has |have )?(?:now |finally |just )?(?:arrived|come|came|been delivered|was delivered)(?! (?:damaged|broken|incomplete|late))\\b`,
  "u",
);

/** Matters that are open between a customer and the shop, in the customer's own words, and those that they say are settled. */
export function extractMatters(text: string): Matter[] {
  return sentencesOf(text).flatMap((sentence) => {
    const settled = settledIn(sentence);
    return settled ? [settled] : openIn(sentence);
  });
}

function openIn(sentence: string): Matter[] {
  const said = OPEN.map((pattern) => pattern.exec(sentence)?.[0]).find((found) => found);
  return said ? [matter(said.replace(/^(?:[Mm]y|[Tt]he|[Tt]his) /u, ""))] : [];
}

function settledIn(sentence: string): Matter | null {
  const arrived = ARRIVED.exec(sentence)?.[0];
  const settled = arrived ?? SETTLED.exec(sentence)?.[0];
  return settled ? { ...matter(settled), ends: true } : null;
}

function matter(said: string): Matter {
  const object = said.trim().slice(0, OBJECT_CHARS_MAX);
  return { kind: "matter", predicate: "open matter", object, confidence: 0.7 };
}
