import {
  assemble,
  assembling,
  closestTerms,
  comparedTerms,
  cutWords,
  detectStemmed,
  openNearTerms,
  type Postings,
  rarityOf,
  type StemmedLanguage,
  type Vector,
  type Vocabulary,
  vectorOf,
} from "@/lib/rank";
import type { ArticleAudience } from "./schema";
import { ArticleLanguage } from "./schema";

/** A passage with what is known of its article. */
export type Passage = {
  articleId: string;
  version: number;
  ordinal: number;
  slug: string;
  title: string;
  category: string;
  locale: string;
  audience: ArticleAudience;
  heading: string;
  text: string;
};

/** Passages to be searched. Nothing of it is personal, which is why it may live in the process. */
export type ArticleIndex = {
  passages: readonly Passage[];
  vocabulary: Vocabulary;
  postings: Postings;
  vectors: readonly Vector[];
  /** For each article, by its id, the terms of its title with what they count there. */
  titles: Counted["titles"];
  /** The languages of the passages, the most frequent first. */
  languages: StemmedLanguage[];
  /** Made when the first word is asked for that no passage holds. */
  near: ReturnType<typeof openNearTerms> | null;
};

/** The words of an article, counted once; kept for as long as its version is the published one. */
export type Counted = {
  passages: readonly Passage[];
  vectors: readonly Vector[];
  titles: ReadonlyMap<string, ReadonlyMap<number, number>>;
};

const LANGUAGES: Record<ArticleLanguage, StemmedLanguage> = {
  en: "english",
  de: "german",
  fr: "french",
  es: "spanish",
  it: "italian",
  pt: "portuguese",
  nl: "dutch",
  sv: "swedish",
};

/** What the title says, each of its passages is about. */
const WEIGHTS = { title: 2.5, heading: 1.5, category: 0.5, text: 1 } as const;

/** What one query may look at: places of terms in passages. */
const POSTINGS_MAX = 200_000;

export function newVocabulary(): Vocabulary {
  return { ids: new Map(), terms: [] };
}

export function countWords(vocabulary: Vocabulary, passages: readonly Passage[]): Counted {
  const vectors = passages.map((passage) => vectorOf(vocabulary, fieldsOf(passage)));
  const titles = new Map<string, ReadonlyMap<number, number>>();
  for (const passage of passages) {
    if (!titles.has(passage.articleId)) {
      const { terms, frequencies } = vectorOf(vocabulary, [fieldOf(passage, "title")]);
      titles.set(
        passage.articleId,
        new Map([...terms].map((term, at) => [term, frequencies[at] ?? 0])),
      );
    }
  }
  return { passages, vectors, titles };
}

function fieldOf(passage: Passage, name: keyof typeof WEIGHTS) {
  const terms = comparedTerms(cutWords(passage[name]), languageOf(passage));
  return { terms, weight: WEIGHTS[name] };
}

function fieldsOf(passage: Passage) {
  const fields = (["title", "category", "text"] as const).map((name) => fieldOf(passage, name));
  // The first passages of an article stand under its title, which would count twice.
  return passage.heading === passage.title ? fields : [...fields, fieldOf(passage, "heading")];
}

function languageOf({ locale }: Passage): StemmedLanguage | null {
  const known = ArticleLanguage.safeParse(locale).data;
  return known ? LANGUAGES[known] : null;
}

export function buildArticleIndex(passages: readonly Passage[]): ArticleIndex {
  const vocabulary = newVocabulary();
  const counted = countWords(vocabulary, passages);
  return toIndex(vocabulary, counted, assemble(vocabulary, counted.vectors));
}

/** The same from articles that are counted already, in slices. */
export function* assembleArticles(
  vocabulary: Vocabulary,
  articles: readonly Counted[],
): Generator<void, ArticleIndex> {
  const counted = {
    passages: articles.flatMap(({ passages }) => passages),
    vectors: articles.flatMap(({ vectors }) => vectors),
    titles: new Map(articles.flatMap(({ titles }) => [...titles])),
  };
  return toIndex(vocabulary, counted, yield* assembling(vocabulary, counted.vectors));
}

function toIndex(
  vocabulary: Vocabulary,
  { passages, vectors, titles }: Counted,
  postings: Postings,
): ArticleIndex {
  const counts = new Map<StemmedLanguage, number>();
  for (const passage of passages) {
    const language = languageOf(passage);
    if (language) {
      counts.set(language, (counts.get(language) ?? 0) + 1);
    }
  }
  const languages = [...counts].sort((a, b) => b[1] - a[1]).map(([language]) => language);
  return { passages, vectors, vocabulary, postings, titles, languages, near: null };
}

/** The numbers of what is asked for with their weights: what is said twice counts twice. */
export function askedOf(index: ArticleIndex, question: string): Map<number, number> {
  const words = cutWords(question);
  const asked = new Map<number, number>();
  for (const language of languagesOf(index, words)) {
    const counts = new Map<string, number>();
    for (const term of comparedTerms(words, language)) {
      counts.set(term, (counts.get(term) ?? 0) + 1);
    }
    for (const [term, count] of counts) {
      for (const [id, share] of meantBy(index, term)) {
        asked.set(id, Math.max(asked.get(id) ?? 0, count * share));
      }
    }
  }
  return worthAsking(index, asked);
}

/**
 * Of a long question over many passages the terms that tell them apart best, as many as the time allows: what stands in
 * most passages costs most and says least.
 */
function worthAsking({ postings }: ArticleIndex, asked: Map<number, number>): Map<number, number> {
  const { begins } = postings;
  const cost = (term: number) => (begins[term + 1] ?? 0) - (begins[term] ?? 0);
  const worth = ([term, weight]: [number, number]) => weight * rarityOf(postings, term);
  const kept = new Map<number, number>();
  let left = POSTINGS_MAX;
  for (const [term, weight] of [...asked].sort((a, b) => worth(b) - worth(a))) {
    left -= cost(term);
    if (left < 0 && kept.size > 0) {
      break;
    }
    kept.set(term, weight);
  }
  return kept;
}

/** The question's language, if articles are written in it. A short one does not tell, and may be in any of theirs. */
function languagesOf({ languages }: ArticleIndex, words: readonly string[]) {
  const detected = detectStemmed(words);
  if (detected && languages.includes(detected)) {
    return [detected];
  }
  return languages.length > 0 ? languages : [null];
}

/** The terms of the index that a word stands for: itself, or what is nearest to a word that no passage holds. */
function meantBy(index: ArticleIndex, term: string): [number, number][] {
  const { vocabulary, postings } = index;
  const known = vocabulary.ids.get(term);
  // A vocabulary keeps the words of articles that are gone; they are as good as unknown.
  if (known !== undefined && isHeld(postings, known)) {
    return [[known, 1]];
  }
  index.near ??= openNearTerms(vocabulary, (id) => isHeld(postings, id));
  return closestTerms(index.near, term).flatMap(({ term: near, share }) => {
    const id = vocabulary.ids.get(near);
    return id === undefined ? [] : [[id, share] satisfies [number, number]];
  });
}

function isHeld({ begins }: Postings, term: number): boolean {
  return (begins[term + 1] ?? 0) > (begins[term] ?? 0);
}

/** How many of the terms asked for a passage holds itself, beside what stands in its title. */
export function ownTerms(
  { vectors, titles, passages }: ArticleIndex,
  place: number,
  asked: ReadonlyMap<number, number>,
): number {
  const vector = vectors[place];
  const title = titles.get(passages[place]?.articleId ?? "");
  let own = 0;
  for (const [at, term] of vector?.terms.entries() ?? []) {
    const frequency = vector?.frequencies[at] ?? 0;
    own += asked.has(term) && frequency > (title?.get(term) ?? 0) ? 1 : 0;
  }
  return own;
}
