import { once } from "@/lib/once";
import { buildIndex, type Index, rank } from "@/lib/rank";
import type { PassageHit } from "./schema";
import { hearArticles, readPublishedPassages, type StoredPassage } from "./store";

type Held = { index: Promise<Index<StoredPassage>> | null; builtAt: number };

/** What was said while the listening connection was down is lost, so an index never grows older than this. */
const INDEX_SECONDS_MAX = 60;
/** Passages looked at for each article asked for: the best of one article may crowd out the others. */
const PASSAGES_PER_ARTICLE = 6;

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

/** The best passage of each of the best articles. Any word of the question is enough, and typing errors are forgiven. */
export async function searchPassages(question: string, limit: number): Promise<PassageHit[]> {
  const hits = rank(await currentIndex(), question, limit * PASSAGES_PER_ARTICLE);
  const best = new Map<string, PassageHit>();
  for (const { key, score } of hits) {
    if (!best.has(key.articleId)) {
      const { articleId, slug, title, heading, text } = key;
      best.set(articleId, { articleId, slug, title, heading, text, score });
    }
  }
  return [...best.values()].slice(0, limit);
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
