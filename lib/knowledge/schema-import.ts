import { z } from "zod";
import { ArticleAudience, ArticleCategory, ArticleLanguage } from "./schema-article";

/** The largest file that is imported. */
export const IMPORT_BYTES_MAX = 5_000_000;

/** Files of one import. */
export const IMPORT_FILES_MAX = 500;

/** What an imported page gets where it does not say so itself. */
export const ImportOptions = z.object({
  category: ArticleCategory.default("Orders and delivery"),
  locale: ArticleLanguage.default("en"),
  audience: ArticleAudience.default("public"),
  /** Readers see it at once; else it is a draft. */
  publish: z.boolean().default(false),
});
export type ImportOptions = z.output<typeof ImportOptions>;

/** What became of one file. `same`: the article says this already. */
export const ImportResult = z.discriminatedUnion("outcome", [
  z.object({
    path: z.string(),
    outcome: z.enum(["new", "changed", "same"]),
    articleId: z.uuid(),
    title: z.string(),
  }),
  z.object({ path: z.string(), outcome: z.literal("failed"), why: z.string() }),
]);
export type ImportResult = z.infer<typeof ImportResult>;

/** What travels beside a file's bytes. */
export const ImportHead = ImportOptions.extend({
  path: z
    .string()
    .min(1)
    .max(500)
    .refine((path) => !path.split("/").includes(".."), "That is no path inside of a folder."),
});
