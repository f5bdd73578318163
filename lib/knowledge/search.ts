import { configuredEmbedder, keepPassageVectors, type Rerank, reranker } from "@/lib/embedding";
import { once } from "@/lib/once";
import {
  type ArticleIndex,
  assembleArticles,
  type Counted,
  countWords,
  newVocabulary,
} from "./article-index";
import { askIndex } from "./ask-index";
import type { ArticleAudience, PassageHit } from "./schema";
import { hearArticles, listPublishedVersions, readPassages } from "./store-passage";

/** What was said while the listening connection was down is lost, so the versions are compared at least this often. */
const CHECK_SECONDS = 60;
/** Words of articles that are gone stay in the vocabulary until they outnumber those that are asked for. */
const VOCABULARY_FACTOR_MAX = 3;

/** Articles that are put into a new order by their meaning. */
const RERANKED = 30;
/** Articles whose words are counted in one go. */
const ARTICLES_PER_SLICE = 20;

type Kept = { version: number; counted: Counted };
type Held = {
  vocabulary: ReturnType<typeof newVocabulary>;
  articles: Map<string, Kept>;
  index: Promise<ArticleIndex> | null;
  checkedMs: number;
};

function held(): Held {
  return once("knowledge.index", () => {
    const state: Held = {
      vocabulary: newVocabulary(),
      articles: new Map(),
      index: null,
      checkedMs: 0,
    };
    hearArticles(forgetIndex);
    return state;
  });
}

/** Has the next search compare versions; other processes hear of a change by NOTIFY. */
export function forgetIndex(): void {
  held().checkedMs = Number.NEGATIVE_INFINITY;
}

/** The best passage of each of the best articles that the reader may see. */
export async function searchPassages(
  question: string,
  { limit, reader }: { limit: number; reader: ArticleAudience },
  rerank: Rerank | null = articleRerank(),
): Promise<PassageHit[]> {
  const index = await currentIndex();
  if (!rerank) {
    return askIndex(index, question, { limit, reader });
  }
  const hits = askIndex(index, question, { limit: Math.max(limit, RERANKED), reader });
  const candidates = hits.map(({ title, heading, text, score }) => ({
    text: `${title}\n${heading}\n${text}`,
    score,
  }));
  const scores = await rerank(question, candidates);
  return hits
    .map((hit, at) => ({ ...hit, score: scores[at] ?? hit.score }))
    .sort((a, b) => b.score - a.score)
    .slice(0, limit);
}

/** By the meaning of passages too, where the operator names an embeddings endpoint. */
function articleRerank(): Rerank | null {
  const embedder = configuredEmbedder();
  return embedder && once("knowledge.rerank", () => reranker(embedder, keepPassageVectors));
}

function currentIndex(): Promise<ArticleIndex> {
  const state = held();
  const now = performance.now();
  if (state.index && now - state.checkedMs <= CHECK_SECONDS * 1000) {
    return state.index;
  }
  state.checkedMs = now;
  // One after the other: two at once would count the same articles into one vocabulary.
  const before = state.index?.catch(() => null) ?? Promise.resolve(null);
  const next = before.then((index) => bringUpToDate(state, index));
  state.index = next;
  next.catch(() => {
    // A failed build is not kept; the caller hears of it through the promise itself.
    if (state.index === next) {
      state.index = null;
    }
  });
  return next;
}

/** The same index where no version changed; else one in which only changed articles were read and counted again. */
async function bringUpToDate(state: Held, index: ArticleIndex | null): Promise<ArticleIndex> {
  const versions = await listPublishedVersions();
  const gone = [...state.articles.keys()].filter((id) => !versions.has(id));
  const changed = [...versions].filter(
    ([id, version]) => state.articles.get(id)?.version !== version,
  );
  if (index && gone.length === 0 && changed.length === 0) {
    return index;
  }
  for (const id of gone) {
    state.articles.delete(id);
  }
  const ids = changed.map(([id]) => id);
  for await (const [id, passages] of readPassages(ids)) {
    const counted = countWords(state.vocabulary, passages);
    state.articles.set(id, { version: passages[0]?.version ?? 0, counted });
    if (state.articles.size % ARTICLES_PER_SLICE === 0) {
      await othersFirst();
    }
  }
  const built = await inSlices(
    assembleArticles(
      state.vocabulary,
      [...state.articles.values()].map(({ counted }) => counted),
    ),
  );
  dropOldWords(state, built);
  return built;
}

/** Begins anew, at the next change, with a vocabulary that holds what articles hold now. */
function dropOldWords(state: Held, { postings }: ArticleIndex): void {
  const { begins } = postings;
  const asked = begins.reduce((sum, begin, at) => sum + (begin < (begins[at + 1] ?? 0) ? 1 : 0), 0);
  if (state.vocabulary.terms.length > VOCABULARY_FACTOR_MAX * asked + 1000) {
    state.vocabulary = newVocabulary();
    state.articles.clear();
  }
}

/** Lets others of the process have their turn between slices. */
async function inSlices<T>(work: Generator<void, T>): Promise<T> {
  for (let step = work.next(); ; step = work.next()) {
    if (step.done) {
      return step.value;
    }
    await othersFirst();
  }
}

function othersFirst(): Promise<void> {
  return new Promise((resume) => setImmediate(resume));
}
