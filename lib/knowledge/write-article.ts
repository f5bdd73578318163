import { Refusal } from "@/lib/errors";
import { audit } from "@/lib/privacy";
import type { ArticleDraft, ArticleRow, ArticleState } from "./schema";
import { forgetIndex } from "./search";
import { splitPassages } from "./split-passages";
import {
  changeState,
  hasSlug,
  insertArticle,
  readArticle,
  transactArticle,
  updateArticle,
  type Written,
} from "./store";

/** Who writes: a member of staff, or the system where it imports. */
export type Author = { id: string } | "system";

function nameOf(author: Author): { actor: string; authorId: string | null } {
  return author === "system"
    ? { actor: "system", authorId: null }
    : { actor: author.id, authorId: author.id };
}

/**
 * Saves a new article as a draft, or the next version of one that is there (its state stays). Every version is kept.
 * Refuses an address that is in use, and an edit of a version that is no longer the newest.
 */
export async function saveArticle(author: Author, draft: ArticleDraft): Promise<Written> {
  const { actor, authorId } = nameOf(author);
  const passages = splitPassages(draft.title, draft.body);
  const existing = draft.id ? await readArticle(draft.id) : null;
  if (draft.id && !existing) {
    throw new Refusal("not_found");
  }
  if (existing?.slug !== draft.slug && (await hasSlug(draft.slug))) {
    throw new Refusal("slug_taken");
  }
  const written = await transactArticle(async (tx) => {
    const saved = existing
      ? await updateArticle({ ...draft, id: existing.id }, passages, authorId, tx)
      : await insertArticle(draft, passages, authorId, tx);
    if (!saved) {
      throw new Refusal("article_stale");
    }
    await audit(tx, {
      actor,
      action: "article_saved",
      metadata: {
        articleId: saved.id,
        version: saved.version,
        ...(existing && { previousVersion: existing.version }),
      },
    });
    return saved;
  });
  forgetIndex();
  return written;
}

/** From here on customers read it and answers cite it. */
export function publishArticle(author: Author, id: string): Promise<ArticleRow> {
  return setState(author, id, "published");
}

/** Nobody finds it any more; its versions stay. */
export function archiveArticle(author: Author, id: string): Promise<ArticleRow> {
  return setState(author, id, "archived");
}

async function setState(author: Author, id: string, state: ArticleState): Promise<ArticleRow> {
  const row = await transactArticle(async (tx) => {
    const before = await readArticle(id);
    const changed = await changeState(id, state, tx);
    if (!changed) {
      throw new Refusal("not_found");
    }
    await audit(tx, {
      actor: nameOf(author).actor,
      action: state === "published" ? "article_published" : "article_archived",
      metadata: {
        articleId: id,
        version: changed.version,
        state,
        ...(before && { previous: before.state }),
      },
    });
    return changed;
  });
  forgetIndex();
  return row;
}
