import { Refusal } from "@/lib/errors";
import { audit } from "@/lib/privacy";
import type { Tx } from "@/lib/storage/schema";
import { ArticleDraft, type ArticleRow } from "./schema";
import { forgetIndex } from "./search";
import { splitPassages } from "./split-passages";
import {
  changeState,
  hasSlug,
  insertArticle,
  lockArticle,
  readArticle,
  readVersion,
  transactArticle,
  updateArticle,
  type Written,
} from "./store";
import { replacePassages, tellArticles } from "./store-passage";

/** Who writes: a member of staff, or the system where it imports. */
export type Author = { id: string } | "system";

function nameOf(author: Author): { actor: string; authorId: string | null } {
  return author === "system"
    ? { actor: "system", authorId: null }
    : { actor: author.id, authorId: author.id };
}

/**
 * Saves a new article, or the next version of one that is there, as a draft: readers go on seeing the published version
 * until somebody publishes this one. Every version is kept. Refuses an address that is in use, and an edit of a version
 * that is no longer the newest.
 */
export async function saveArticle(author: Author, draft: ArticleDraft): Promise<Written> {
  const { actor, authorId } = nameOf(author);
  const existing = draft.id ? await readArticle(draft.id) : null;
  if (draft.id && !existing) {
    throw new Refusal("not_found");
  }
  if (existing?.slug !== draft.slug && (await hasSlug(draft.slug))) {
    throw new Refusal("slug_taken");
  }
  const written = await transactArticle(async (tx) => {
    const saved = existing
      ? await updateArticle({ ...draft, id: existing.id }, authorId, tx)
      : await insertArticle(draft, authorId, tx);
    if (!saved) {
      throw new Refusal("article_stale");
    }
    const { id: articleId, version, state, previous } = saved;
    await audit(tx, {
      actor,
      action: "article_saved",
      metadata: { articleId, version, ...(previous && { previousVersion: previous }) },
    });
    return { id: articleId, version, state };
  });
  return written;
}

/** Writes an earlier version anew as the newest one, as a draft; nothing of the versions between is lost. */
export async function bringBack(
  author: Author,
  { id, version, newest }: { id: string; version: number; newest: number },
): Promise<Written> {
  const [article, before] = await Promise.all([readArticle(id), readVersion(id, version)]);
  if (!article || !before) {
    throw new Refusal("not_found");
  }
  const { createdAt: _, version: __, ...content } = before;
  const draft = ArticleDraft.parse({ ...content, id, slug: article.slug, version: newest });
  return await saveArticle(author, draft);
}

/** From here on readers see this version, the newest if none is named, and answers cite it. An older one undoes newer ones. */
export function publishArticle(author: Author, id: string, version?: number): Promise<ArticleRow> {
  return setStanding(author, id, "article_published", async (row, tx) => {
    const chosen = await readVersion(id, version ?? row.version, tx);
    if (!chosen) {
      throw new Refusal("not_found");
    }
    await replacePassages(id, splitPassages(chosen.title, chosen.body), tx);
    return { state: "published" as const, publishedVersion: chosen.version };
  });
}

/** Nobody finds it any more; its versions stay. */
export function archiveArticle(author: Author, id: string): Promise<ArticleRow> {
  return setStanding(author, id, "article_archived", () =>
    Promise.resolve({ state: "archived" as const, publishedVersion: null }),
  );
}

type Standing = Parameters<typeof changeState>[1];

async function setStanding(
  author: Author,
  id: string,
  action: "article_published" | "article_archived",
  decide: (row: ArticleRow, tx: Tx) => Promise<Standing>,
): Promise<ArticleRow> {
  const row = await transactArticle(async (tx) => {
    const locked = await lockArticle(id, tx);
    if (!locked) {
      throw new Refusal("not_found");
    }
    const changed = await changeState(id, await decide(locked.row, tx), tx);
    await tellArticles(id, tx);
    await audit(tx, {
      actor: nameOf(author).actor,
      action,
      metadata: {
        articleId: id,
        version: changed.publishedVersion ?? changed.version,
        ...(locked.before && { previousVersion: locked.before }),
      },
    });
    return changed;
  });
  forgetIndex();
  return row;
}
