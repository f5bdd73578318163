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

/** Who may read an article: anybody, those who are signed in, or only the team. Also: as whom somebody reads. */
export const ArticleAudience = z.enum(["public", "customer", "staff"]);
export type ArticleAudience = z.infer<typeof ArticleAudience>;

/** How each audience is called where it is chosen. */
export const audienceNames: Record<ArticleAudience, string> = {
  public: "Everybody",
  customer: "Signed-in customers",
  staff: "The team only",
};

/** What a reader may see: their own audience and the wider ones. */
export function audiencesOf(reader: ArticleAudience): ArticleAudience[] {
  return ArticleAudience.options.slice(0, ArticleAudience.options.indexOf(reader) + 1);
}

/** The languages that articles are searched in by their stems. */
export const ArticleLanguage = z.enum(["en", "de", "fr", "es", "it", "pt", "nl", "sv"]);
export type ArticleLanguage = z.infer<typeof ArticleLanguage>;

export const languageNames: Record<ArticleLanguage, string> = {
  en: "English",
  de: "German",
  fr: "French",
  es: "Spanish",
  it: "Italian",
  pt: "Portuguese",
  nl: "Dutch",
  sv: "Swedish",
};

export const BODY_CHARS_MAX = 40_000;
export const BODY_CHARS_MIN = 20;

/** What is written. Without an id it is a new article; `version` is the one that was edited. */
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
  locale: ArticleLanguage.default("en"),
  audience: ArticleAudience.default("public"),
  body: z
    .string()
    .trim()
    .min(BODY_CHARS_MIN, `Please write at least ${BODY_CHARS_MIN} characters.`)
    .max(BODY_CHARS_MAX, "Please use at most 40,000 characters, or write two articles."),
});
/** As it is given; language and audience have usual values. */
export type ArticleDraft = z.input<typeof ArticleDraft>;

/** A row of the list: the newest version. Times are ISO. */
export type ArticleRow = {
  id: string;
  slug: string;
  title: string;
  category: string;
  locale: string;
  audience: ArticleAudience;
  state: ArticleState;
  version: number;
  /** What readers see; null while nothing is published. */
  publishedVersion: number | null;
  updatedAt: string;
};

export type ArticleVersionRow = {
  version: number;
  title: string;
  category: string;
  locale: string;
  audience: ArticleAudience;
  body: string;
  createdAt: string;
};

export type Article = ArticleRow & { body: string; versions: ArticleVersionRow[] };

/** A published article as it is read. `updatedAt`: when this version was written. */
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
  version: number;
  /** Its place among the passages of this version, from 0. */
  ordinal: number;
  heading: string;
  text: string;
  score: number;
};

/** A published article with how many answers named it lately. */
export type ArticleUse = {
  id: string;
  slug: string;
  title: string;
  category: string;
  cited: number;
};

/** What an answer rests on. `isCurrent`: readers still see this version. */
export type CitedPassages = {
  title: string;
  slug: string;
  isCurrent: boolean;
  passages: { heading: string; text: string }[];
};

/** Where an article is read. */
export function articleHref(slug: string): string {
  return `/help/${slug}`;
}
