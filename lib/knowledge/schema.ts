export { openingFor } from "./opening-for";
export {
  type Article,
  ArticleAudience,
  ArticleCategory,
  ArticleDraft,
  ArticleLanguage,
  type ArticleRow,
  ArticleState,
  type ArticleUse,
  type ArticleVersionRow,
  articleHref,
  audienceNames,
  audiencesOf,
  BODY_CHARS_MAX,
  BODY_CHARS_MIN,
  type CitedPassages,
  languageNames,
  type PassageHit,
  type PublicArticle,
} from "./schema-article";
export {
  IMPORT_BYTES_MAX,
  IMPORT_FILES_MAX,
  ImportHead,
  ImportOptions,
  ImportResult,
} from "./schema-import";
export { slugOf } from "./slug-of";
