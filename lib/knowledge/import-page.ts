import type { z } from "zod";
import { Refusal } from "@/lib/errors";
import { PageFault } from "./page-fault";
import { type PageFile, readPage } from "./read-page";
import type { ImportOptions, ImportResult } from "./schema";
import {
  ArticleAudience,
  ArticleCategory,
  ArticleDraft,
  ArticleLanguage,
  BODY_CHARS_MAX,
  BODY_CHARS_MIN,
} from "./schema";
import { slugOf } from "./slug-of";
import { findBySlug } from "./store";
import { type Author, publishArticle, saveArticle } from "./write-article";

/**
 * Makes an article of a file, or the next version of the one that came from it before (they share an address, which is
 * the file's path). What a file says of itself counts more than the options. A file that cannot be read is no error of
 * the import: the answer says why.
 */
export async function importPage(
  author: Author,
  file: PageFile,
  options: ImportOptions,
): Promise<ImportResult> {
  try {
    return { path: file.path, ...(await importOne(author, file, options)) };
  } catch (error) {
    if (error instanceof PageFault || error instanceof Refusal) {
      return { path: file.path, outcome: "failed", why: error.message };
    }
    throw error;
  }
}

async function importOne(author: Author, file: PageFile, options: ImportOptions) {
  const draft = toDraft(await readPage(file), file.path, options);
  const known = await findBySlug(draft.slug);
  const same =
    known !== null &&
    (["title", "category", "locale", "audience", "body"] as const).every(
      (name) => known[name] === draft[name],
    );
  const saved = same
    ? known
    : await saveArticle(author, known ? { ...draft, id: known.id, version: known.version } : draft);
  if (options.publish && known?.publishedVersion !== saved.version) {
    await publishArticle(author, saved.id, saved.version);
  }
  const outcome = same ? ("same" as const) : known ? ("changed" as const) : ("new" as const);
  return { outcome, articleId: saved.id, title: draft.title };
}

/** What is wrong with a page that nobody typed into a form. */
function sentenceOf({ path: [field], message }: z.core.$ZodIssue): string {
  switch (field) {
    case "slug":
      return "Its name holds no letter or digit from which an address could be made. Rename the file.";
    case "title":
      return "It has no title of at least 3 characters. Give it one as its first heading.";
    case "body":
      return `Its text is too short or too long: ${BODY_CHARS_MIN} to ${BODY_CHARS_MAX.toLocaleString("en")} characters are kept as one article.`;
    default:
      return message;
  }
}

function toDraft(
  page: Awaited<ReturnType<typeof readPage>>,
  path: string,
  options: ImportOptions,
): z.output<typeof ArticleDraft> {
  const draft = ArticleDraft.safeParse({
    title: page.title.slice(0, 120),
    slug: slugOf(path.replace(/\.[^./]*$/, "")),
    body: page.body,
    category: ArticleCategory.safeParse(page.category).data ?? options.category,
    locale: ArticleLanguage.safeParse(page.language).data ?? options.locale,
    audience: ArticleAudience.safeParse(page.audience).data ?? options.audience,
  });
  if (!draft.success) {
    throw new PageFault(draft.error.issues.map(sentenceOf).join(" "));
  }
  return draft.data;
}
