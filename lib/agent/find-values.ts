/** A value that was said, by how many messages, and where last (0 is the first message, 1 the last). */
export type SaidValue = { text: string; messages: number; last: number };

const MONTH =
  "(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)";
const PART = "(?:in the )?(?:morning|afternoon|evening|night)";
const CLOCK = "\\d{1,2}(?::\\d\\d)?(?: ?[ap]\\.?m\\b\\.?| o'clock)?";
const CAPITAL = "(?:\\p{Lu}[\\p{L}\\p{N}'’.-]*[\\p{L}\\p{N}]|\\p{Lu})";
const NAME_PART = `(?:${CAPITAL}|\\d+\\p{L}*)`;
const JOINT = "(?: (?:of|the|and|de|la|&|of the|by))? ";

/** The first that matches at a place is taken, so what is more than a name stands before names. */
const VALUE = new RegExp(
  [
    "\\[[A-Z]{2,12}_\\d{1,6}\\]",
    `\\b(?:half past|quarter (?:past|to)) \\d{1,2}(?: o'clock)?(?: ${PART})?`,
    `\\b(?:morning|afternoon|evening|night) (?:half past )?${CLOCK}`,
    `\\b\\d{1,2}(?::\\d\\d| ?[ap]\\.?m\\b| o'clock)(?: ?[ap]\\.?m\\b)?(?: ${PART})?`,
    "[€$£] ?\\d[\\d.,]*\\d|[€$£] ?\\d|\\b\\d[\\d.,]{0,15}(?: ?[€£]| (?:euros?|EUR|USD|dollars?)\\b)",
    "#?\\b[A-Z]{2,5}-?\\d{4,12}\\b|#\\d{4,12}\\b",
    `\\b${MONTH} (?:the )?\\d{1,2}(?:st|nd|rd|th)?\\b`,
    `\\b\\d{1,2}(?:st|nd|rd|th)?(?: of)? ${MONTH}\\b`,
    "\\b(?:next |this )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?: next week)?\\b",
    "\\b(?:[Tt]he )?\\d{1,2}(?:st|nd|rd|th)\\b(?: of (?:this|next) month)?",
    "\\b(?:the )?day after tomorrow\\b|\\b(?:later )?today\\b|\\btomorrow\\b|\\btonight\\b",
    `(?:${CAPITAL})(?:${JOINT}${NAME_PART}|, ${CAPITAL})*`,
    "\\b\\d[\\d,.-]*\\d\\b|\\b\\d\\b",
    "\\b(?:one|two|three|four|five|six|seven|eight|nine|ten)\\b",
  ].join("|"),
  "gu",
);

const SENTENCE_START = /(?:^|[.!?…:]["”)]?\s+|\n\s*)["“(]?$/u;
const ONLY_A_CAPITAL = /^\p{Lu}[^\s\d]*(?:\s|$)/u;
const DATED = new RegExp(`^(?:${MONTH}|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\\b`, "u");
/** Capitals that are no name wherever they stand. */
const NO_NAME = /^(?:I|I['’](?:m|d|ve|ll)|OK|Okay|Mr|Mrs|Ms)$/u;

/**
 * The values of a conversation: what a later reader could not guess. A word that is a capital only because a sentence
 * begins with it is none, unless it has a capital elsewhere too. Values that are known from before come first.
 */
export function findValues(texts: readonly string[], known: readonly string[] = []): SaidValue[] {
  const before = known.map((text) => [{ text, isSure: true }]);
  const found = [...before, ...texts.map(matchesIn)];
  const names = new Set(found.flat().flatMap(({ text, isSure }) => (isSure ? [text] : [])));
  const byText = new Map<string, SaidValue>();
  for (const [at, matches] of found.entries()) {
    const said = new Set(matches.filter(({ text }) => names.has(text)).map(({ text }) => text));
    for (const text of said) {
      const earlier = byText.get(text.toLowerCase());
      byText.set(text.toLowerCase(), {
        text,
        messages: (earlier?.messages ?? 0) + 1,
        last: (at + 1) / found.length,
      });
    }
  }
  return [...byText.values()];
}

type Match = { text: string; isSure: boolean };

function matchesIn(text: string): Match[] {
  return [...text.matchAll(VALUE)].flatMap((match) => {
    const [value] = match;
    if (NO_NAME.test(value)) {
      return [];
    }
    const begins = SENTENCE_START.test(text.slice(Math.max(0, match.index - 4), match.index));
    if (!(begins && ONLY_A_CAPITAL.test(value)) || DATED.test(value)) {
      return [{ text: value, isSure: true }];
    }
    // "Please Anna", "For 4": the first word of a sentence is part of the value only when it is seen as one elsewhere.
    const rest = value.replace(/^\S+\s*/u, "");
    return [
      { text: value, isSure: false },
      ...(/^[\p{Lu}\d]/u.test(rest) && !NO_NAME.test(rest)
        ? [{ text: rest, isSure: /^\d/.test(rest) }]
        : []),
    ];
  });
}
