import type { RequestKind } from "./schema-request";

const DATA = "(?:(?:personal )?(?:data|information|info|details)|account|profile|customer record)";
const ABOUT = String.raw`(?:everything|anything|all(?: the| of the)? (?:data|information|info|stuff)|(?:the |whatever |what(?: data| information)? )(?:data|information)?)\s?(?:that )?(?:you(?:'ve| have| hold| know| keep| store| got)[^.!?]{0,25} )?(?:about|on|of) me`;
const ERASE =
  "(?:delet(?:e|ing|ion of)|eras(?:e|ing|ure of)|wip(?:e|ing)|remov(?:e|ing|al of)|get rid of|forget)";

/** In the order in which they are looked for: what cannot be undone is asked for by the plainest words only. */
const SAID: readonly [RequestKind, RegExp][] = [
  [
    "restriction",
    /\b(?:(?:stop|restrict|limit|pause|freeze|cease|(?:don't|do not)(?: you)?)\b[^.!?]{0,20}\b(?:process(?:ing)?|us(?:e|ing))\b[^.!?]{0,20}\bmy (?:personal )?(?:data|information|details)|restrict(?:ion of)?(?: the)? processing|(?:restrict|freeze) my (?:personal )?(?:data|information))\b/iu,
  ],
  [
    "objection",
    /\b(?:i(?:'d like to| want to| would like to| hereby)? object to\b[^.!?]{0,40}\b(?:process\w*|profil\w*|remember\w*|us(?:e|ing)|analy\w*|my data)|(?:stop|(?:don't|do not|i don't want you to)(?: ever)?) (?:remember(?:ing)?|profil(?:e|ing)|track(?:ing)?|analy[sz](?:e|ing)) me)\b/iu,
  ],
  [
    "rectification",
    /\b(?:(?:correct|rectify|fix|change|update)\b[^.!?]{0,15}\bmy (?:personal (?:data|details|information)|name|surname|last name|e-?mail(?: address)?|account details)\b|(?:you have|you've got|there is|there's)\b[^.!?]{0,20}\bmy (?:name|e-?mail(?: address)?)\b[^.!?]{0,10}\b(?:wrong|misspelled|misspelt)\b|my (?:name|e-?mail(?: address)?) is (?:wrong|misspelled|misspelt|spelled wrong)\b)/iu,
  ],
  [
    "erasure",
    new RegExp(
      String.raw`\b(?:${ERASE}\b[^.!?]{0,20}\b(?:(?:all |all of )?my ${DATA}|all (?:of )?my (?:chats|conversations|messages)|${ABOUT}|me from your)|right to (?:be forgotten|erasure))\b`,
      "iu",
    ),
  ],
  [
    "export",
    new RegExp(
      String.raw`\b(?:(?:send|give|e-?mail|show|get|have|want|need|export|download|provide|request|receive|see)\b[^.!?]{0,25}\b(?:(?:a )?copy of (?:all )?(?:of )?my ${DATA}|(?:all )?(?:of )?my (?:personal )?(?:data|information)\b(?! (?:deleted|erased|removed))|${ABOUT})|(?:what|which) (?:personal )?(?:data|information) (?:do you|have you|you) (?:have|hold|keep|store|got|stored|kept)\b[^.!?]{0,20}\b(?:about|on|of) me|(?:subject access|data access|data portability) request)\b`,
      "iu",
    ),
  ],
];

/** "Please do not delete my data", and what is somebody else's. */
const NOT_MEANT =
  /\b(?:(?:don't|do not|never|not to|without|instead of|shouldn't|should not|won't|did you|have you|has)\s+(?:\w+\s+){0,2}(?:delet|eras|wip|remov|send|export)\w*)/iu;

/**
 * Which request about their own data a customer asks for in a message, if any: the words alone decide, no model. English
 * only; whoever writes in another language finds the same on the privacy page.
 */
export function requestSaidIn(text: string): RequestKind | null {
  const plain = text.replaceAll("’", "'").replaceAll(/\s+/g, " ").slice(0, 2_000);
  for (const [kind, pattern] of SAID) {
    const meant = kind === "restriction" || kind === "objection" || !NOT_MEANT.test(plain);
    if (meant && pattern.test(plain)) {
      return kind;
    }
  }
  return null;
}
