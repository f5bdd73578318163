import { lexemes, openedOr, readableKey } from "@/lib/privacy";
import { db, Prisma } from "@/lib/storage";
import { openBody } from "./message-seal";

const PAGE = 500;

type Row = {
  id: string;
  conversationId: string;
  customerId: string;
  keyEpoch: number;
  bodySealed: Uint8Array;
  createdAt: Date;
};

/**
 * Makes the search words of all messages anew after a restore, page by page; yields how many so far. They are left out
 * of backups, because a hash of a word outlives the key that its text was sealed under.
 */
export async function* reindexMessages(): AsyncGenerator<number> {
  let count = 0;
  for (let after: string | null = null; ; ) {
    const rows: Row[] = await db().$queryRaw<Row[]>`
      SELECT m.id, m.conversation_id AS "conversationId", m.customer_id AS "customerId",
        p.key_epoch AS "keyEpoch", m.body_sealed AS "bodySealed", m.created_at AS "createdAt"
      FROM "Message" m JOIN "Customer" p ON p.id = m.customer_id
      WHERE (${after}::uuid IS NULL OR m.id > ${after}::uuid) AND m.forgotten_at IS NULL
        AND m.role IN ('customer', 'assistant', 'staff') AND p.state IN ('active', 'restricted')
      ORDER BY m.id LIMIT ${PAGE}`;
    if (rows.length > 0) {
      await index(rows);
      count += rows.length;
      yield count;
    }
    after = rows.at(-1)?.id ?? null;
    if (rows.length < PAGE) {
      return;
    }
  }
}

async function index(rows: readonly Row[]): Promise<void> {
  const values = await Promise.all(
    rows.map(async (row) => {
      const key = await readableKey({ id: row.customerId, keyEpoch: row.keyEpoch });
      const text = key && openedOr("reindex.message", () => openBody(key, row));
      if (text === null) {
        return null;
      }
      return Prisma.sql`(${row.id}::uuid, 'message'::"SearchKind", ${row.conversationId}::uuid,
        ${row.customerId}::uuid, array_to_tsvector(${lexemes(text)}::text[]),
        ${row.createdAt}::timestamptz)`;
    }),
  );
  const found = values.filter((value) => value !== null);
  if (found.length === 0) {
    return;
  }
  await db().$executeRaw`
    INSERT INTO "Search" (id, kind, conversation_id, customer_id, lexemes, created_at)
    VALUES ${Prisma.join(found)} ON CONFLICT (id) DO NOTHING`;
}
