import { db } from "@/lib/storage";
import type { ArticleUse } from "./schema";

/** Citations are counted over so many days. */
export const USE_DAYS = 90;

/** Every published article with the answers that named it, the most named first. */
export async function readUse(): Promise<ArticleUse[]> {
  return await db().$queryRaw<ArticleUse[]>`
    SELECT a.id, a.slug, v.title, v.category, coalesce(t.count, 0)::int AS cited
    FROM "Article" a JOIN "ArticleVersion" v ON v.article_id = a.id AND v.version = a.published_version
      LEFT JOIN (SELECT dimension, sum(count) AS count FROM "Tally"
        WHERE measure = 'article_cited' AND day > CURRENT_DATE - ${USE_DAYS}::int GROUP BY dimension) t
        ON t.dimension = a.id::text
    WHERE a.state = 'published' ORDER BY cited DESC, v.title, a.id`;
}
