import { newId } from "@/lib/id";
import { db, notify, transact } from "@/lib/storage";

type Entry = { action: string; version: number; previous: number | null };

/** What the audit log says of an article, in order. */
export async function readArticleAudit(articleId: string): Promise<Entry[]> {
  return await db().$queryRaw<Entry[]>`
    SELECT action, (metadata->>'version')::int AS version, (metadata->>'previousVersion')::int AS previous
    FROM (SELECT seq::bigint AS place, 0 AS later, action, metadata FROM "AuditEntry"
          UNION ALL SELECT id, 1, action, metadata FROM "AuditOutbox") entries
    WHERE metadata->>'articleId' = ${articleId} ORDER BY later, place`;
}

/** An article as another process would have published it: rows and a notice, nothing of this process. */
export async function publishElsewhere(word: string): Promise<string> {
  const id = newId();
  const content = { title: `About ${word}`, category: "Products and sizes", body: `The ${word}.` };
  await transact(async (tx) => {
    await db(tx).article.create({
      data: { id, slug: id, state: "published", publishedVersion: 1, ...content },
    });
    await db(tx).articleVersion.create({
      data: { id: newId(), articleId: id, version: 1, ...content },
    });
    await db(tx).passage.create({
      data: { id: newId(), articleId: id, ordinal: 0, heading: content.title, text: content.body },
    });
    await notify("articles", id, tx);
  });
  return id;
}
