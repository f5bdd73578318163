import { bestOf } from "@/lib/rank";
import { sentencesOf } from "@/lib/sentences";
import { type ArticleIndex, askedOf, ownTerms } from "./article-index";
import { type ArticleAudience, audiencesOf, type PassageHit } from "./schema";

/** Passages looked at for each article asked for: the best of one article may crowd out the others. */
const PASSAGES_PER_ARTICLE = 20;
/** An article that is about the question as a whole has more than one passage that fits. */
const SECOND_PASSAGE_SHARE = 0.2;
/** A long question is asked in parts as well: what one part alone is about would drown in the whole. */
const PARTS_MAX = 4;
const PART_WORDS_MIN = 8;
/** What the whole question counts beside all of its parts together. */
const WHOLE_WEIGHT = 2;
/** A part of which the title speaks in full counts that much more. */
const TITLE_BONUS = 3;
/** Passages of one article that are compared for being shown. */
const PASSAGES_COMPARED = 8;
/** Of a scenario of pages, the beginning. */
const QUESTION_CHARS_MAX = 20_000;

type Options = { limit: number; reader: ArticleAudience };
type Asked = ReadonlyMap<number, number>;
/** An article with its worth for a question, and the places of its passages that were found, best first. */
type Found = { score: number; places: number[] };

/** The best passage of each of the best articles. Any word is enough, and typing errors are forgiven. */
export function askIndex(index: ArticleIndex, question: string, options: Options): PassageHit[] {
  const text = question.slice(0, QUESTION_CHARS_MAX);
  const asked = askedOf(index, text);
  const whole = askOnce(index, asked, options);
  const parts = partsOf(text);
  const found =
    parts.length > 1
      ? fuse(
          whole,
          parts.map((part) => askOnce(index, askedOf(index, part), options)),
        )
      : whole;
  return [...found.values()]
    .sort((a, b) => b.score - a.score)
    .slice(0, options.limit)
    .flatMap(({ places, score }) => toHit(index, asked, places, score) ?? []);
}

/** The question in at most four parts of whole sentences, about equally long. Few words are one part. */
export function partsOf(question: string): string[] {
  const aim = Math.max(PART_WORDS_MIN, countWords(question) / PARTS_MAX);
  const parts: string[] = [];
  let held: string[] = [];
  for (const sentence of sentencesOf(question)) {
    held.push(sentence);
    if (parts.length < PARTS_MAX - 1 && countWords(held.join(" ")) >= aim) {
      parts.push(held.join(" "));
      held = [];
    }
  }
  return held.length > 0 ? [...parts, held.join(" ")] : parts;
}

function countWords(text: string): number {
  return text.split(/\s+/).filter(Boolean).length;
}

function askOnce(index: ArticleIndex, asked: Asked, { limit, reader }: Options) {
  const { passages, postings, titles } = index;
  const allowed = new Set(audiencesOf(reader));
  const best = bestOf(postings, asked, limit * PASSAGES_PER_ARTICLE, (at) =>
    allowed.has(passages[at]?.audience ?? "staff"),
  );
  const found = new Map<string, Found>();
  for (const { text: place, score } of best) {
    const { articleId = "" } = passages[place] ?? {};
    const known = found.get(articleId);
    if (known) {
      known.score += known.places.length === 1 ? score * SECOND_PASSAGE_SHARE : 0;
      known.places.push(place);
    } else {
      found.set(articleId, { score, places: [place] });
    }
  }
  for (const [id, each] of found) {
    each.score *= 1 + TITLE_BONUS * shareOf(titles.get(id)?.keys() ?? [], asked);
  }
  return found;
}

/** How much of what is asked stands in the title. */
function shareOf(title: Iterable<number>, asked: Asked): number {
  let held = 0;
  for (const term of title) {
    held += asked.get(term) ?? 0;
  }
  let all = 0;
  for (const weight of asked.values()) {
    all += weight;
  }
  return all === 0 ? 0 : held / all;
}

/** All passages share the title; the one that itself speaks of most of the question is shown. */
function toHit(index: ArticleIndex, asked: Asked, places: readonly number[], score: number) {
  let best = places[0] ?? 0;
  let most = -1;
  for (const place of places.slice(0, PASSAGES_COMPARED)) {
    const own = ownTerms(index, place, asked);
    if (own > most) {
      best = place;
      most = own;
    }
  }
  const passage = index.passages[best];
  if (!passage) {
    return null;
  }
  const { articleId, slug, title, version, ordinal, heading, text } = passage;
  return { articleId, slug, title, version, ordinal, heading, text, score } satisfies PassageHit;
}

/**
 * Articles by their worth for the whole question and for its parts. Each query's best counts as one; in the parts the
 * worth is squared, so that only what a part is clearly about is lifted.
 */
function fuse(whole: Map<string, Found>, parts: readonly Map<string, Found>[]): Map<string, Found> {
  const fused = new Map<string, Found>();
  const add = (found: Map<string, Found>, weight: number, power: number) => {
    const most = Math.max(...[...found.values()].map(({ score }) => score));
    for (const [id, { score, places }] of found) {
      const known = fused.get(id) ?? { score: 0, places: [] };
      known.score += weight * (score / most) ** power;
      known.places.push(...places.filter((place) => !known.places.includes(place)));
      fused.set(id, known);
    }
  };
  add(whole, WHOLE_WEIGHT, 1);
  for (const part of parts) {
    add(part, 1 / parts.length, 2);
  }
  return fused;
}
