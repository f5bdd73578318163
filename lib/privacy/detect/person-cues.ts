/**
 * What the words before a position say: that a name follows ("my name is"), that somebody says who they are ("I am"), a
 * title, a greeting, a relative, or a letter's end.
 */
export type Cue = "name" | "self" | "title" | "greeting" | "relative" | "end";

// "Product name: …" names no person.
const OF_A_THING =
  "(?<!\\b(?:product|item|brand|company|file|domain|model|article|shop|store|hotel|street|city|plan|business|host)['’]?s? {0,2})";

const PATTERNS: readonly (readonly [Cue, RegExp])[] = [
  [
    "name",
    new RegExp(
      `${OF_A_THING}\\b(?:(?:sur|nick|fore)?names?(?:['’]s|(?: on (?:the|my|this) \\w{1,12})? (?:is|was|to|of|should be|under))|(?:sur|nick|fore)?name ?[:=]|names? is spelled) {1,4}(?:to |is |mr |the name |user: ?|customer: ?)?`,
      "giu",
    ),
  ],
  [
    "name",
    /\b(?:mein name ist|ich hei(?:ß|ss)e|name des kunden:|je m['’]appelle|mon nom est|nom ?:|me llamo|mi nombre es|nombre ?:|mi chiamo|il mio nome è|nome ?:|meu nome é|me chamo|ik heet|mijn naam is|naam ?:|jag heter|mitt namn är|jeg hedder|jeg heter|mit navn er|navn ?:|namn ?:|nimeni on|nimi ?:|nazywam się|mam na imię|jmenuji se|a nevem|adım|benim adım)\s{1,3}/giu,
  ],
  // A question for the name, and the answer behind it.
  ["name", /\bname(?: on (?:the|your) account)?\? {1,3}(?:\p{L}{2,12}: {0,2})?/giu],
  [
    "self",
    /\b(?:i am|i['’]m|im|this is|it['’]?s|speaking to|calls? me|(?:am|is|was) called|named (?:him|her|them)|under (?:my|the) (?:\w{3,12}(?:['’]s)? )?(?:name|account) (?:of )?|under|on behalf of|in the name of|addressed to|attn:?|c\/o|care of|ich bin|hier ist|hier spricht|je suis|c['’]est|soy|sono|sou|ik ben|jag är|jeg er|jestem|signed) {1,2}/giu,
  ],
  [
    "title",
    /(?<![\p{L}\p{N}'’])(?:mr|mrs|ms|miss|mx|dr|prof|professor|doctor|sir|lord|herrn?|frau|hr|fr|monsieur|mme|madame|mlle|señora?|señorita|sra?|srta|doña|signora?|sig|dott|dhr|mevr|mevrouw|meneer|pani?|fru|captain|officer|sergeant|judge|senator|president|aunt|uncle|grandma|grandpa)\.? {1,2}(?:dr\.? |prof\.? ){0,2}/giu,
  ],
  [
    "greeting",
    /(?:^|[\n.!?,"“>]|\\n) {0,3}(?:(?:hi|hello|hey|dear|hallo|hola|bonjour|salut|ciao|buongiorno|lieber?|guten (?:tag|morgen|abend)|moin|estimad[oa]|querid[oa]|cara?|olá|beste|geachte|hej|good (?:morning|afternoon|evening)|thanks?|thank you|thx|danke|merci|gracias|grazie|sorry|yes|no|ok|okay|welcome|bye|goodbye)(?: again| there| so much| a lot| very much)?),? {1,2}/giu,
  ],
  [
    "relative",
    /\b(?:my|his|her|our|their|your) (?:\w{2,10} ){0,1}(?:wife|husband|spouse|son|daughter|brother|sister|mother|mum|mom|father|dad|partner|friend|boss|colleague|co-?worker|neighbou?r|manager|kid|child|girlfriend|boyfriend|fianc[eé]e?|aunt|uncle|cousin|niece|nephew|roommate|flatmate|assistant|secretary|landlord|lawyer|doctor|teacher|grand(?:mother|father|son|daughter)),? (?:is |named |called )?/giu,
  ],
  [
    "relative",
    /\b(?:meine?[mnrs]? (?:frau|mann|sohn|tochter|bruder|schwester|mutter|vater|freund(?:in)?|chef(?:in)?|kolleg(?:e|in)|nachbar(?:in)?)|m(?:on|a) (?:mari|femme|fils|fille|frère|soeur|sœur|mère|père|amie?)|mi (?:marido|esposa|mujer|hij[oa]|herman[oa]|madre|padre|amig[oa])) /giu,
  ],
  [
    "end",
    /(?:\b(?:regards|wishes|cheers|thanks|thank you|sincerely|truly|faithfully|respectfully|best|love|yours|grüßen|grüssen|gruß|grüße|gruss|lg|vg|mfg|cordialement|salutations|saludos|atentamente|saluti|groeten|groetjes|hälsningar|hilsen)[,!.]?(?: {0,2}(?:\r?\n|\\n){1,2} {0,2}[-–—]{0,2} {0,2}|, {1,2})|(?:\n|\\n)(?:--|[–—]) {0,2})/giu,
  ],
];

/** The cues of a text, by the position where the name would begin. Where two meet, the first kind holds. */
export function cuesOf(text: string): ReadonlyMap<number, Cue> {
  const cues = new Map<number, Cue>();
  for (const [cue, pattern] of PATTERNS) {
    for (const { 0: found, index } of text.matchAll(pattern)) {
      const at = index + found.length;
      if (!cues.has(at)) {
        cues.set(at, cue);
      }
    }
  }
  return cues;
}

/** Whether nothing but the end of a line, clause or text follows. */
export function closes(text: string, at: number): boolean {
  return /^ {0,2}(?:$|[,!.;:)\n\r"”?]|\\n)/.test(text.slice(at, at + 4));
}

/** Whether the line ends here. */
export function closesLine(text: string, at: number): boolean {
  return /^[ ,.]{0,2}(?:$|[\n\r]|\\n|")/.test(text.slice(at, at + 4));
}
