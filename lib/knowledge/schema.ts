import { z } from "zod";

export const ArticleState = z.enum(["draft", "published", "archived"]);
export type ArticleState = z.infer<typeof ArticleState>;

export const ArticleCategory = z.enum([
  "Orders and delivery",
  "Returns and refunds",
  "Products and sizes",
  "Warranty and repairs",
  "Payment and gift cards",
  "Account and privacy",
]);
export type ArticleCategory = z.infer<typeof ArticleCategory>;

/** What an admin writes. Without an id it is a new article; `version` is the one that was edited. */
export const ArticleDraft = z.object({
  id: z.uuid().optional(),
  version: z.coerce.number().int().positive().optional(),
  title: z
    .string()
    .trim()
    .min(3, "Please write a title of at least 3 characters.")
    .max(120, "Please use at most 120 characters."),
  slug: z
    .string()
    .trim()
    .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, "Use small letters, digits and single dashes.")
    .max(80, "Please use at most 80 characters."),
  category: ArticleCategory,
  body: z
    .string()
    .trim()
    .min(20, "Please write at least 20 characters.")
    .max(40_000, "Please use at most 40,000 characters, or write two articles."),
});
export type ArticleDraft = z.infer<typeof ArticleDraft>;

/** A row of the list. Times are ISO. */
export type ArticleRow = {
  id: string;
  slug: string;
  title: string;
  category: string;
  state: ArticleState;
  version: number;
  updatedAt: string;
};

export type ArticleVersionRow = {
  version: number;
  title: string;
  body: string;
  createdAt: string;
};

export type Article = ArticleRow & { body: string; locale: string; versions: ArticleVersionRow[] };

/** A published article as a customer reads it. */
export type PublicArticle = {
  id: string;
  slug: string;
  title: string;
  category: string;
  body: string;
  updatedAt: string;
};

/** The best passage of an article for a question; `score` orders hits of one search and means nothing outside it. */
export type PassageHit = {
  articleId: string;
  slug: string;
  title: string;
  heading: string;
  text: string;
  score: number;
};

/** Where an article is read. */
export function articleHref(slug: string): string {
  return `/help/${slug}`;
}
