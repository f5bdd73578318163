import "server-only";
import type { Article, ArticleRow, ArticleState, PassageHit, PublicArticle } from "./schema";
import { searchPassages } from "./search";
import { readAllPublished, readArticle, readPublished, readRows } from "./store";

/**
 * Help articles: what the shop tells everybody, so that an answer can name where it stands. Nothing here is personal,
 * which is why an index in the process is allowed.
 */
export { type Author, archiveArticle, publishArticle, saveArticle } from "./write-article";

/** The best passage of each article that answers the question, best first. A missing word or a typo does not empty it. */
export function searchArticles(
  question: string,
  { limit }: { limit: number },
): Promise<PassageHit[]> {
  return searchPassages(question, limit);
}

/** Every article in any state, for those who write them. */
export function listArticles(filter: { state?: ArticleState } = {}): Promise<ArticleRow[]> {
  return readRows(filter.state);
}

/** One article with its versions, newest first, for those who write them. */
export function findArticleById(id: string): Promise<Article | null> {
  return readArticle(id);
}

/** A published article by its address; null for drafts and archived ones. */
export function findArticle(slug: string): Promise<PublicArticle | null> {
  return readPublished(slug);
}

/** Every published article, by category and title. */
export function listPublishedArticles(): Promise<PublicArticle[]> {
  return readAllPublished();
}
