import { lexemes, openedOr, readableKey } from "@/lib/privacy";
import { db } from "@/lib/storage";
import { openBody, searchedText } from "./store";

const PAGE = 500;

type Row = {
  id: string;
  conversationId: string;
  customerId: string;
  keyEpoch: number;
  bodySealed: Uint8Array;
  createdAt: Date;
};

/** Makes the search words of every conversation's newest summary anew after a restore; yields how many so far. */
export async function* reindexSummaries(): AsyncGenerator<number> {
  let count = 0;
  for (let after: string | null = null; ; ) {
    const rows: Row[] = await db().$queryRaw<Row[]>`
      SELECT DISTINCT ON (s.conversation_id) s.id, s.conversation_id AS "conversationId",
        s.customer_id AS "customerId", p.key_epoch AS "keyEpoch", s.body_sealed AS "bodySealed",
        s.created_at AS "createdAt"
      FROM "CaseSummary" s JOIN "Customer" p ON p.id = s.customer_id
      WHERE (${after}::uuid IS NULL OR s.conversation_id > ${after}::uuid) AND s.state = 'ready'
        AND s.body_sealed IS NOT NULL AND p.state IN ('active', 'restricted')
      ORDER BY s.conversation_id, s.version DESC LIMIT ${PAGE}`;
    for (const row of rows) {
      const key = await readableKey({ id: row.customerId, keyEpoch: row.keyEpoch });
      const body = key && openedOr("reindex.summary", () => openBody(key, row.id, row.bodySealed));
      if (!body) {
        continue;
      }
      const words = lexemes(searchedText(body));
      await db().$executeRaw`
        INSERT INTO "Search" (id, kind, conversation_id, customer_id, lexemes, created_at)
        VALUES (${row.id}::uuid, 'summary', ${row.conversationId}::uuid, ${row.customerId}::uuid,
          array_to_tsvector(${words}::text[]), ${row.createdAt}::timestamptz)
        ON CONFLICT (id) DO NOTHING`;
    }
    count += rows.length;
    yield count;
    after = rows.at(-1)?.conversationId ?? null;
    if (rows.length < PAGE) {
      return;
    }
  }
}
