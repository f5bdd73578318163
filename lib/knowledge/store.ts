import { Refusal } from "@/lib/errors";
import { newId } from "@/lib/id";
import { db, isUniqueViolation, transact } from "@/lib/storage";
import type { Tx } from "@/lib/storage/schema";
import {
  type Article,
  type ArticleAudience,
  ArticleDraft,
  type ArticleRow,
  type ArticleState,
  type ArticleVersionRow,
  audiencesOf,
  type PublicArticle,
} from "./schema";

const VERSIONS_SHOWN = 50;

type PublishedRow = Omit<PublicArticle, "updatedAt"> & { updatedAt: Date };

export async function readPublished(
  slug: string,
  reader: ArticleAudience,
): Promise<PublicArticle | null> {
  const [row] = await db().$queryRaw<PublishedRow[]>`
    SELECT a.id, a.slug, v.title, v.category, v.body, v.created_at AS "updatedAt"
    FROM "Article" a JOIN "ArticleVersion" v ON v.article_id = a.id AND v.version = a.published_version
    WHERE a.slug = ${slug} AND a.state = 'published'
      AND v.audience::text = ANY(${audiencesOf(reader)}::text[])`;
  return row ? toPublic(row) : null;
}

export async function readAllPublished(reader: ArticleAudience): Promise<PublicArticle[]> {
  const rows = await db().$queryRaw<PublishedRow[]>`
    SELECT a.id, a.slug, v.title, v.category, v.body, v.created_at AS "updatedAt"
    FROM "Article" a JOIN "ArticleVersion" v ON v.article_id = a.id AND v.version = a.published_version
    WHERE a.state = 'published' AND v.audience::text = ANY(${audiencesOf(reader)}::text[])
    ORDER BY v.category, v.title, a.id`;
  return rows.map(toPublic);
}

function toPublic({ updatedAt, ...row }: PublishedRow): PublicArticle {
  return { ...row, updatedAt: updatedAt.toISOString() };
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
  return { ...toRow(row), body: row.body, versions: row.versions.map(toVersion) };
}

/** One version of an article, however old. */
export async function readVersion(
  articleId: string,
  version: number,
  tx?: Tx,
): Promise<ArticleVersionRow | null> {
  const row = await db(tx).articleVersion.findUnique({
    where: { articleId_version: { articleId, version } },
  });
  return row && toVersion(row);
}

type Row = Awaited<ReturnType<typeof anyArticle>>;
type VersionRow = Awaited<ReturnType<typeof anyVersion>>;

function anyArticle() {
  return db().article.findFirstOrThrow();
}

function anyVersion() {
  return db().articleVersion.findFirstOrThrow();
}

function toRow({ createdAt: _, body: __, updatedAt, ...row }: Row): ArticleRow {
  return { ...pickRow(row), updatedAt: updatedAt.toISOString() };
}

function pickRow(row: Omit<ArticleRow, "updatedAt">): Omit<ArticleRow, "updatedAt"> {
  const { id, slug, title, category, locale, audience, state, version, publishedVersion } = row;
  return { id, slug, title, category, locale, audience, state, version, publishedVersion };
}

function toVersion(row: VersionRow): ArticleVersionRow {
  const { version, title, category, locale, audience, body, createdAt } = row;
  return { version, title, category, locale, audience, body, createdAt: createdAt.toISOString() };
}

export type Written = { id: string; version: number; state: ArticleState };
/** The version before; null for a new article. */
export type Saved = Written & { previous: number | null };

/** A new draft with its first version. */
export async function insertArticle(
  draft: ArticleDraft,
  authorId: string | null,
  tx: Tx,
): Promise<Saved> {
  const id = newId();
  const { slug, ...content } = contentOf(draft);
  await db(tx).article.create({ data: { id, slug, ...content } });
  await writeVersion(id, 1, content, authorId, tx);
  return { id, version: 1, state: "draft", previous: null };
}

/** The next version of an article, if `version` is still the newest; null when it is not there or has moved on. */
export async function updateArticle(
  draft: ArticleDraft & { id: string },
  authorId: string | null,
  tx: Tx,
): Promise<Saved | null> {
  const { slug, ...content } = contentOf(draft);
  const { version } = ArticleDraft.pick({ version: true }).parse(draft);
  const rows = await db(tx).article.updateManyAndReturn({
    where: { id: draft.id, ...(version !== undefined && { version }) },
    data: { slug, ...content, version: { increment: 1 } },
  });
  const row = rows[0];
  if (!row) {
    return null;
  }
  await writeVersion(draft.id, row.version, content, authorId, tx);
  return { id: draft.id, version: row.version, state: row.state, previous: row.version - 1 };
}

function contentOf(draft: ArticleDraft) {
  const { slug, title, category, locale, audience, body } = ArticleDraft.parse(draft);
  return { slug, title, category, locale, audience, body };
}

type Content = Omit<ReturnType<typeof contentOf>, "slug">;

async function writeVersion(
  articleId: string,
  version: number,
  content: Content,
  authorId: string | null,
  tx: Tx,
): Promise<void> {
  await db(tx).articleVersion.create({
    data: { id: newId(), articleId, version, ...content, authorId },
  });
}

type Standing = { row: ArticleRow; before: number | null };

/** The row as it stands now, locked, with the version that was published; null when there is none. */
export async function lockArticle(id: string, tx: Tx): Promise<Standing | null> {
  await db(tx).$queryRaw`SELECT id FROM "Article" WHERE id = ${id}::uuid FOR UPDATE`;
  const row = await db(tx).article.findUnique({ where: { id } });
  return row && { row: toRow(row), before: row.publishedVersion };
}

/** The article in another state, with what readers see of it from here on. */
export async function changeState(
  id: string,
  to: { state: ArticleState; publishedVersion: number | null },
  tx: Tx,
): Promise<ArticleRow> {
  const row = toRow(await db(tx).article.update({ where: { id }, data: to }));
  await db(tx).articleVersion.updateMany({
    where: { articleId: id, version: row.publishedVersion ?? -1, publishedAt: null },
    data: { publishedAt: new Date() },
  });
  return row;
}

/** The newest version of the article with this address, in whatever state. */
export async function findBySlug(slug: string): Promise<(ArticleRow & { body: string }) | null> {
  const row = await db().article.findUnique({ where: { slug } });
  return row && { ...toRow(row), body: row.body };
}

export async function hasSlug(slug: string): Promise<boolean> {
  return (await db().article.count({ where: { slug } })) > 0;
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
