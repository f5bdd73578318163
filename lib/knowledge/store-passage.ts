import { newId } from "@/lib/id";
import { db, notify, onNotify } from "@/lib/storage";
import type { Tx } from "@/lib/storage/schema";
import type { Passage } from "./article-index";
import { type ArticleAudience, audiencesOf } from "./schema";
import type { PassageText } from "./split-passages";

/** NOTIFY channel: an article changed, whose id is the payload. */
const ARTICLES = "articles";
/** Articles whose passages are read at once. */
const BATCH = 500;

/** Every published article's id with the version that is published. */
export async function listPublishedVersions(): Promise<Map<string, number>> {
  const rows = await db().$queryRaw<{ id: string; version: number }[]>`
    SELECT id, published_version AS version FROM "Article"
    WHERE state = 'published' AND published_version IS NOT NULL`;
  return new Map(rows.map(({ id, version }) => [id, version]));
}

type Row = Passage & { audience: ArticleAudience };

/** The passages of these published articles, article by article. */
export async function* readPassages(
  ids: readonly string[],
): AsyncGenerator<[id: string, passages: Passage[]]> {
  for (let from = 0; from < ids.length; from += BATCH) {
    const rows = await db().$queryRaw<Row[]>`
      SELECT p.article_id AS "articleId", v.version, p.ordinal, a.slug, v.title, v.category, v.locale,
        v.audience::text AS audience, p.heading, p.text
      FROM "Passage" p JOIN "Article" a ON a.id = p.article_id
        JOIN "ArticleVersion" v ON v.article_id = a.id AND v.version = a.published_version
      WHERE a.state = 'published' AND a.id = ANY(${ids.slice(from, from + BATCH)}::uuid[])
      ORDER BY p.article_id, p.ordinal`;
    const articles = new Map<string, Passage[]>();
    for (const row of rows) {
      articles.set(row.articleId, [...(articles.get(row.articleId) ?? []), row]);
    }
    yield* articles;
  }
}

type Shown = { title: string; slug: string; body: string; isCurrent: boolean };

/** A version that readers have seen, of an article that they still may see, as the reader may see both. */
export async function readShownVersion(
  articleId: string,
  version: number,
  reader: ArticleAudience,
): Promise<Shown | null> {
  const audiences = audiencesOf(reader);
  const [row] = await db().$queryRaw<Shown[]>`
    SELECT v.title, a.slug, v.body, v.version = a.published_version AS "isCurrent"
    FROM "Article" a JOIN "ArticleVersion" v ON v.article_id = a.id AND v.version = ${version}
      JOIN "ArticleVersion" now ON now.article_id = a.id AND now.version = a.published_version
    WHERE a.id = ${articleId}::uuid AND a.state = 'published' AND v.published_at IS NOT NULL
      AND v.audience::text = ANY(${audiences}::text[]) AND now.audience::text = ANY(${audiences}::text[])`;
  return row ?? null;
}

/** The passages of the version that is published from here on, in place of those before. */
export async function replacePassages(
  articleId: string,
  passages: readonly PassageText[],
  tx: Tx,
): Promise<void> {
  await db(tx).passage.deleteMany({ where: { articleId } });
  await db(tx).passage.createMany({
    data: passages.map((passage, ordinal) => ({ id: newId(), articleId, ordinal, ...passage })),
  });
}

/** Tells every process, when `tx` commits, that what readers see of an article has changed. */
export async function tellArticles(articleId: string, tx: Tx): Promise<void> {
  await notify(ARTICLES, articleId, tx);
}

/** Hears when any process changed what readers see. */
export function hearArticles(heard: () => void): void {
  onNotify(ARTICLES, heard);
}
