import snowball from "snowball-stemmers";
import { once } from "@/lib/once";

/**
 * The small words of each language that has a stemmer here. They tell which language a text is in, and they are not
 * searched for, because every text holds them.
 */
const SMALL_WORDS = {
  english:
    "a an the and or but if then so as of at by for with about into to from in on off over under is am are was were be " +
    "been being do does did doing have has had having i me my we our ours you your yours he him his she her it its they " +
    "them their this that these those what which who whom there here when where why how all any both each few more most " +
    "other some such no nor not only own same than too very can will would should could just don't i'm it's i've you're " +
    "that's hi hello please thanks thank",
  german:
    "der die das den dem des ein eine einen einem einer und oder aber wenn dann als von bei für mit zu zum zur aus auf in im " +
    "am an ist bin sind war waren sein haben habe hat hatte ich mich mir mein meine meinen wir uns unser du sie ihr ihre er " +
    "es man was welche welcher wer wo wann warum wie nicht kein keine nur auch noch schon sehr kann will bitte danke hallo",
  french:
    "le la les un une des de du et ou mais si alors comme par pour avec dans sur sous est suis sont était être avoir ai a ont " +
    "je me moi mon ma mes nous notre vous votre vos il elle ils elles ce cette ces que qui quoi quel quelle où quand pourquoi " +
    "comment ne pas plus très aussi au aux en bonjour merci c'est j'ai",
  spanish:
    "el la los las un una unos de del y o pero si entonces como por para con en sobre es soy son era ser estar está estoy haber " +
    "he ha tengo yo me mi mis nosotros nuestro usted su sus él ella ellos que qué cual cuál quien dónde cuándo cómo no más muy " +
    "también al hola gracias lo se",
  italian:
    "il lo la i gli le un uno una di del della dei e o ma se come per con in nel su è sono era essere avere ho ha io mi mio mia " +
    "noi nostro lei suo sua che chi quale dove quando perché come non più molto anche al alla da dal ciao grazie",
  portuguese:
    "o a os as um uma de do da dos das e ou mas se como por para com em no na sobre é sou são era ser estar está ter tenho eu " +
    "me meu minha nós nosso você seu sua ele ela que qual quem onde quando porque não mais muito também ao olá obrigado",
  dutch:
    "de het een en of maar als dan van bij voor met naar uit op in aan is ben zijn was waren heb heeft had hebben ik mij mijn " +
    "wij ons onze u uw jij je jouw hij zij ze wat welke wie waar wanneer waarom hoe niet geen ook nog al zeer kan wil hallo " +
    "bedankt dat dit",
  swedish:
    "en ett den det och eller men om som av vid för med till från på i är var vara har hade jag mig min mitt vi oss vår du er " +
    "han hon vad vilken vem hur när varför inte ingen också mycket kan vill hej tack",
} as const;

export type StemmedLanguage = keyof typeof SMALL_WORDS;

const WORD_CHARS_MAX = 64;
const TEXT_CHARS_MAX = 20_000;
const STEMS_KEPT_MAX = 50_000;
const LATIN = /^\p{Script=Latin}+$/u;
/** Behind a placeholder the ending would be a word by itself, and many messages hold it. */
const POSSESSIVE = /\]['’]s\b/g;
const PLAIN = /^[\t\n\r -~]*$/;
/** Unicode's word borders (UAX 29) as they are among letters without accents. */
const PLAIN_WORD = /\w(?:\w|(?<=[A-Za-z])['.](?=[A-Za-z])|(?<=\d)['.,;](?=\d))*/g;
const HOLDS_MORE_THAN_LINES = /[^_]/;
const ORDINAL = /^(\d{1,2})(?:st|nd|rd|th)$/;

type Tools = {
  segmenter: Intl.Segmenter;
  small: Map<StemmedLanguage, Set<string>>;
  stem(language: StemmedLanguage, word: string): string;
};

function tools(): Tools {
  return once("rank.words", () => {
    const languages = Object.keys(SMALL_WORDS) as StemmedLanguage[];
    const stemmers = new Map(languages.map((name) => [name, snowball.newStemmer(name)]));
    const stems = new Map<string, string>();
    return {
      segmenter: new Intl.Segmenter("en", { granularity: "word" }),
      small: new Map(languages.map((name) => [name, new Set(SMALL_WORDS[name].split(" "))])),
      stem(language, word) {
        const key = `${language} ${word}`;
        const known = stems.get(key);
        if (known !== undefined) {
          return known;
        }
        if (stems.size >= STEMS_KEPT_MAX) {
          stems.clear();
        }
        const stem = stemmers.get(language)?.stem(word) ?? word;
        stems.set(key, stem);
        return stem;
      },
    };
  });
}

/** The words of a text in lower case. `Intl.Segmenter` also cuts what is written without spaces. */
export function cutWords(text: string): string[] {
  const words: string[] = [];
  const cut = text.slice(0, TEXT_CHARS_MAX).replaceAll(POSSESSIVE, "]");
  for (const segment of segmentsOf(cut)) {
    if (segment.length <= WORD_CHARS_MAX && HOLDS_MORE_THAN_LINES.test(segment)) {
      const word = segment.normalize("NFKC").toLowerCase().replaceAll("’", "'");
      words.push(word.replace(/'s$/, "").replace(ORDINAL, "$1"));
    }
  }
  return words;
}

/** The same words either way; ten times as fast where a text is plain, which most passages are. */
function segmentsOf(text: string): string[] {
  if (PLAIN.test(text)) {
    return text.match(PLAIN_WORD) ?? [];
  }
  return [...tools().segmenter.segment(text)].flatMap(({ segment, isWordLike }) =>
    isWordLike ? segment : [],
  );
}

/** The language with the most small words in a text; null when fewer than two tell, or two languages tie. */
export function detectStemmed(words: readonly string[]): StemmedLanguage | null {
  let best: StemmedLanguage | null = null;
  let most = 1;
  for (const [language, small] of tools().small) {
    const count = words.filter((word) => small.has(word)).length;
    if (count === most) {
      best = null;
    } else if (count > most) {
      best = language;
      most = count;
    }
  }
  return best;
}

/** The words that search compares: without small words and stemmed, where the language is known; else as they stand. */
export function comparedTerms(
  words: readonly string[],
  language: StemmedLanguage | null,
): string[] {
  if (!language) {
    return [...words];
  }
  const { small, stem } = tools();
  return words
    .filter((word) => !small.get(language)?.has(word))
    .map((word) => (LATIN.test(word) ? stem(language, word) : word));
}

/** One word as search compares it. */
export function stemOf(word: string, language: StemmedLanguage): string {
  return LATIN.test(word) ? tools().stem(language, word) : word;
}
