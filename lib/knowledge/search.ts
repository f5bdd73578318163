import { once } from "@/lib/once";
import { buildIndex, type Index, rank, termsOf } from "@/lib/rank";
import type { PassageHit } from "./schema";
import { hearArticles, readPublishedPassages, type StoredPassage } from "./store";

type Held = { index: Promise<Index<StoredPassage>> | null; builtAt: number };

/** What was said while the listening connection was down is lost, so an index never grows older than this. */
const INDEX_SECONDS_MAX = 60;
/** Passages looked at for each article asked for: the best of one article may crowd out the others. */
const PASSAGES_PER_ARTICLE = 8;
const SECOND_PASSAGE_SHARE = 0.5;
/** What a title says, the whole article is about. */
const TITLE_BONUS = 3;

function held(): Held {
  return once("article-index", () => {
    const state: Held = { index: null, builtAt: 0 };
    hearArticles(() => {
      state.index = null;
    });
    return state;
  });
}

/** Drops the index of this process at once; others hear of it by NOTIFY. */
export function forgetIndex(): void {
  held().index = null;
}

type Candidate = PassageHit & { others: number; own: number };

/** The best passage of each of the best articles. Any word of the question is enough, and typing errors are forgiven. */
export async function searchPassages(question: string, limit: number): Promise<PassageHit[]> {
  const hits = rank(await currentIndex(), question, limit * PASSAGES_PER_ARTICLE);
  const asked = new Set(termsOf(question));
  const best = new Map<string, Candidate>();
  for (const { key, score } of hits) {
    const { articleId, slug, title, heading, text } = key;
    const own = countHeld(asked, `${heading} ${text}`);
    const known = best.get(articleId);
    if (!known) {
      best.set(articleId, { articleId, slug, title, heading, text, score, others: 0, own });
      continue;
    }
    // An article that is about the question as a whole has more than one passage that fits.
    known.score += known.others === 0 ? score * SECOND_PASSAGE_SHARE : 0;
    known.others += 1;
    // All passages share the title; the one that itself speaks of more of the question is shown.
    if (own > known.own) {
      Object.assign(known, { heading, text, own });
    }
  }
  for (const hit of best.values()) {
    hit.score *= 1 + (TITLE_BONUS * countHeld(asked, hit.title)) / Math.max(1, asked.size);
  }
  return [...best.values()]
    .sort((a, b) => b.score - a.score)
    .slice(0, limit)
    .map(({ others: _, own: __, ...hit }) => hit);
}

function countHeld(asked: ReadonlySet<string>, text: string): number {
  const held = new Set(termsOf(text));
  return [...asked].filter((term) => held.has(term)).length;
}

function currentIndex(): Promise<Index<StoredPassage>> {
  const state = held();
  if (!state.index || Date.now() - state.builtAt > INDEX_SECONDS_MAX * 1000) {
    const building = build();
    state.index = building;
    state.builtAt = Date.now();
    building.catch(() => {
      // A failed build is not kept; the caller hears of it through the promise itself.
      state.index = null;
    });
  }
  return state.index;
}

async function build(): Promise<Index<StoredPassage>> {
  const passages = await readPublishedPassages();
  return buildIndex(
    passages.map((passage) => ({
      key: passage,
      fields: [
        { text: passage.title, weight: 2.5 },
        { text: passage.heading, weight: 1.5 },
        { text: passage.category, weight: 0.5 },
        { text: passage.text, weight: 1 },
      ],
    })),
  );
}
