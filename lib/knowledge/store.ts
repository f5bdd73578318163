import { Refusal } from "@/lib/errors";
import { newId } from "@/lib/id";
import { db, isUniqueViolation, notify, onNotify, transact } from "@/lib/storage";
import type { Tx } from "@/lib/storage/schema";
import type { Article, ArticleDraft, ArticleRow, ArticleState, PublicArticle } from "./schema";
import type { PassageText } from "./split-passages";

/** NOTIFY channel: an article changed, whose id is the payload. */
const ARTICLES = "articles";

export type StoredPassage = {
  articleId: string;
  slug: string;
  title: string;
  category: string;
  heading: string;
  text: string;
};

const VERSIONS_SHOWN = 50;

/** Every passage that a customer may be shown. */
export async function readPublishedPassages(): Promise<StoredPassage[]> {
  const rows = await db().passage.findMany({
    where: { article: { state: "published" } },
    include: { article: { select: { slug: true, title: true, category: true } } },
    orderBy: [{ articleId: "asc" }, { ordinal: "asc" }],
  });
  return rows.map(({ articleId, heading, text, article }) => ({
    articleId,
    heading,
    text,
    ...article,
  }));
}

export async function readPublished(slug: string): Promise<PublicArticle | null> {
  const row = await db().article.findFirst({ where: { slug, state: "published" } });
  return row && toPublic(row);
}

export async function readAllPublished(): Promise<PublicArticle[]> {
  const rows = await db().article.findMany({
    where: { state: "published" },
    orderBy: [{ category: "asc" }, { title: "asc" }],
  });
  return rows.map(toPublic);
}

export async function readRows(state?: ArticleState): Promise<ArticleRow[]> {
  const rows = await db().article.findMany({
    ...(state && { where: { state } }),
    orderBy: [{ state: "asc" }, { category: "asc" }, { title: "asc" }],
  });
  return rows.map(toRow);
}

export async function readArticle(id: string): Promise<Article | null> {
  const row = await db().article.findUnique({
    where: { id },
    include: { versions: { orderBy: { version: "desc" }, take: VERSIONS_SHOWN } },
  });
  if (!row) {
    return null;
  }
  const versions = row.versions.map(({ version, title, body, createdAt }) => ({
    version,
    title,
    body,
    createdAt: createdAt.toISOString(),
  }));
  return { ...toRow(row), body: row.body, locale: row.locale, versions };
}

type Row = Awaited<ReturnType<typeof anyArticle>>;

function anyArticle() {
  return db().article.findFirstOrThrow();
}

function toRow({ id, slug, title, category, state, version, updatedAt }: Row): ArticleRow {
  return { id, slug, title, category, state, version, updatedAt: updatedAt.toISOString() };
}

function toPublic({ id, slug, title, category, body, updatedAt }: Row): PublicArticle {
  return { id, slug, title, category, body, updatedAt: updatedAt.toISOString() };
}

export type Written = { id: string; version: number; state: ArticleState };

/** A new draft with its first version. */
export async function insertArticle(
  draft: ArticleDraft,
  passages: PassageText[],
  authorId: string | null,
  tx: Tx,
): Promise<Written> {
  const id = newId();
  const { title, slug, category, body } = draft;
  await db(tx).article.create({ data: { id, title, slug, category, body } });
  await writeVersion(id, 1, draft, passages, authorId, tx);
  return { id, version: 1, state: "draft" };
}

/** The next version of an article, if `version` is still the newest; null when it is not there or has moved on. */
export async function updateArticle(
  draft: ArticleDraft & { id: string },
  passages: PassageText[],
  authorId: string | null,
  tx: Tx,
): Promise<Written | null> {
  const { id, title, slug, category, body } = draft;
  const rows = await db(tx).article.updateManyAndReturn({
    where: { id, ...(draft.version !== undefined && { version: draft.version }) },
    data: { title, slug, category, body, version: { increment: 1 } },
  });
  const row = rows[0];
  if (!row) {
    return null;
  }
  await db(tx).passage.deleteMany({ where: { articleId: id } });
  await writeVersion(id, row.version, draft, passages, authorId, tx);
  return { id, version: row.version, state: row.state };
}

async function writeVersion(
  articleId: string,
  version: number,
  { title, body }: ArticleDraft,
  passages: PassageText[],
  authorId: string | null,
  tx: Tx,
): Promise<void> {
  await db(tx).articleVersion.create({
    data: { id: newId(), articleId, version, title, body, authorId },
  });
  await db(tx).passage.createMany({
    data: passages.map((passage, ordinal) => ({ id: newId(), articleId, ordinal, ...passage })),
  });
  await notify(ARTICLES, articleId, tx);
}

/** The article in another state; null when there is none. */
export async function changeState(
  id: string,
  state: ArticleState,
  tx: Tx,
): Promise<ArticleRow | null> {
  const rows = await db(tx).article.updateManyAndReturn({ where: { id }, data: { state } });
  await notify(ARTICLES, id, tx);
  return rows[0] ? toRow(rows[0]) : null;
}

export async function hasSlug(slug: string): Promise<boolean> {
  return (await db().article.count({ where: { slug } })) > 0;
}

/** Hears when any process changed an article. */
export function hearArticles(heard: () => void): void {
  onNotify(ARTICLES, heard);
}

/** Saving and its audit row stand or fall together. An address that somebody took meanwhile is refused. */
export async function transactArticle<T>(run: (tx: Tx) => Promise<T>): Promise<T> {
  try {
    return await transact(run);
  } catch (error) {
    if (isUniqueViolation(error)) {
      throw new Refusal("slug_taken", { cause: error });
    }
    throw error;
  }
}
