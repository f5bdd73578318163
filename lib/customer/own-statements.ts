import { sentencesOf } from "@/lib/sentences";

/**
 * Sentences that tell the agent what to do. What a customer wants is asked anew each time; stored, it would speak to the
 * agent out of its own memory. All patterns are linear: bounded gaps, nothing repeated within a repetition.
 */
const INSTRUCTIONS: RegExp[] = [
  /\b(?:ignor\w*|disregard|override|bypass|forget|ignoriere?n?|oublie[rz]?|olvida|negeer)\b[^.!?]{0,60}\b(?:rules?|instructions?|prompts?|polic(?:y|ies)|guidelines?|above|previous|regeln|anweisungen|r[èe]gles|instrucciones|reglas|regels)\b/iu,
  /\b(?:always|never|from now on|henceforth|in (?:the )?future|every time|whenever|each time|immer|toujours|siempre|altijd|sempre)\b[^.!?]{0,80}\b(?:give|grant|offer|apply|answer|reply|respond|say|tell|call me|treat|act|approve|refund|send me|speak|write|mention|ask me|confirm|gib|gebt|donne[rz]?|da(?:me)?|geef|rabatt|remise|descuento|sconto|korting|desconto)\b/iu,
  /\b(?:give|grant|offer|apply|approve|treat|call|obey|answer|reply|respond)\b[^.!?]{0,80}\b(?:always|every time|each time|from now on|without asking|no matter)\b/iu,
  /\b(?:you|the (?:assistant|agent|ai|bot)) (?:must|should|shall|have to|has to|need to|are (?:now|allowed|required|to|obliged)|will (?:always|now)|may (?:always|now)|can (?:always|now))\b/iu,
  /\b(?:your (?:new )?(?:rules?|instructions?|system prompt|task|role|job) (?:is|are)|system prompt|developer mode|debug mode|jailbreak|act as|pretend|role-?play|you are (?:now )?(?:an?|my|no longer))\b/iu,
  /^\W*(?:system|assistant|developer|agent|ai|tool)\s*:/iu,
  /<\/?(?:system|memory|facts|instructions?|rules?)\b/iu,
];

const PLEASANTRY =
  /^\W*(?:hi|hello|hey|hiya|dear|good (?:morning|afternoon|evening|day)|thanks?|thank you|thx|cheers|bye|goodbye|see you|have a (?:nice|good|great)|best (?:regards|wishes)|kind regards|regards|yours|sorry|please|ok(?:ay)?|yes|no|great|perfect|sure|nice to meet you)\b(?:[^.!?]{0,40})[.!?]*$/iu;

/** What somebody else said, or what we told the customer ourselves: a fact that was recalled is not said anew. */
const REPORTED =
  /^\W*(?:you (?:said|told|wrote|mentioned|know|remember|noted|have (?:noted|remembered)|already know)|according to you|as you (?:know|said)|your (?:notes?|memory|answer|last message) sa(?:y|id)s?)\b/iu;

const ASKED_TO_KEEP =
  /^\W*(?:please\s)?(?:remember|note|keep in mind|write down|save|store)(?:\sthat|\s*:|\s*,)?\s+/iu;

/** Whether a text tells the agent what to do instead of telling about the customer. */
export function isInstruction(text: string): boolean {
  return INSTRUCTIONS.some((pattern) => pattern.test(text));
}

/**
 * What of a line can state something about the customer: no questions, greetings or thanks, nothing that quotes or
 * reports what others said, no instruction to the agent. "Please remember that" is left out, what follows is not.
 */
export function ownStatements(text: string): string {
  const lines = text.split("\n").filter((line) => !/^\s*>/.test(line));
  return sentencesOf(withoutQuotes(lines.join("\n")))
    .map((sentence) => sentence.replace(ASKED_TO_KEEP, ""))
    .filter((sentence) => isStatement(sentence))
    .join("\n");
}

function isStatement(sentence: string): boolean {
  return (
    !/[?？]\s*["”')]?$/u.test(sentence) &&
    !REPORTED.test(sentence) &&
    !isInstruction(sentence) &&
    (!PLEASANTRY.test(sentence) || /\b(?:I|my|I['’]m)\b/.test(sentence))
  );
}

/** Quoted words of three and more are somebody else's. */
function withoutQuotes(text: string): string {
  return text.replaceAll(/["“”„«][^"“”„«»\n]{1,400}["“”»]/gu, (quote) =>
    quote.trim().split(/\s+/).length > 2 ? " " : quote,
  );
}

const ENGLISH = /\b(?:the|an?|please|tell|show|give|can|you|to|of|and|is|it|how|what|for|with)\b/iu;
const OF_SELF = /\b(?:I|my|mine|we|our|ours)\b/iu;
const OF_AN_ORDER = /\b(?:order|parcel|package|delivery|refund)\b|\d{4}/iu;

/**
 * Whether a line may state something about its customer, so that reading it is worth a job and a model's call. Where it
 * is English and speaks neither of its writer nor of an order, it does not: "Please count slowly."
 */
export function mayStateFacts(text: string): boolean {
  return ownStatements(text)
    .split("\n")
    .some(
      (said) =>
        said !== "" && (OF_SELF.test(said) || OF_AN_ORDER.test(said) || !ENGLISH.test(said)),
    );
}
