import "server-only";
import { buildArticleIndex, type Passage } from "./article-index";
import { askIndex } from "./ask-index";
import type {
  Article,
  ArticleAudience,
  ArticleRow,
  ArticleState,
  PassageHit,
  PublicArticle,
} from "./schema";
import { searchPassages } from "./search";
import { readAllPublished, readArticle, readPublished, readRows } from "./store";

/**
 * Help articles: what the shop tells everybody, so that an answer can name where it stands. Nothing here is personal,
 * which is why an index in the process is allowed.
 */
export type { Passage as IndexedPassage } from "./article-index";
export { findCited } from "./find-cited";
export { importPage } from "./import-page";
export { passagesOf } from "./passages-of";
export { readUse as listArticleUse, USE_DAYS } from "./store-use";
export {
  type Author,
  archiveArticle,
  bringBack,
  publishArticle,
  saveArticle,
} from "./write-article";

/**
 * The best passage of each article that answers the question, best first, of what this reader may see. A missing word
 * or a typo does not empty it; a long question is asked in parts as well.
 */
export function searchArticles(
  question: string,
  { limit, reader = "public" }: { limit: number; reader?: ArticleAudience },
): Promise<PassageHit[]> {
  return searchPassages(question, { limit, reader });
}

/** The same search over given passages, without a store. */
export function openArticles(
  passages: readonly Passage[],
): (question: string, options: { limit: number; reader?: ArticleAudience }) => PassageHit[] {
  const index = buildArticleIndex(passages);
  return (question, { limit, reader = "public" }) => askIndex(index, question, { limit, reader });
}

/** Every article in any state, for those who write them. */
export function listArticles(filter: { state?: ArticleState } = {}): Promise<ArticleRow[]> {
  return readRows(filter.state);
}

/** One article with its versions, newest first, for those who write them. */
export function findArticleById(id: string): Promise<Article | null> {
  return readArticle(id);
}

/** A published article by its address, as this reader may see it; null for drafts, archived ones and those of others. */
export function findArticle(
  slug: string,
  reader: ArticleAudience = "public",
): Promise<PublicArticle | null> {
  return readPublished(slug, reader);
}

/** Every published article that this reader may see, by category and title. */
export function listPublishedArticles(
  reader: ArticleAudience = "public",
): Promise<PublicArticle[]> {
  return readAllPublished(reader);
}
