import { withDatabase } from "@/scripts/setup/database.mjs";
import type { StoredMessage, StoredTurn } from "./judge";

type Client = { query: <Row>(sql: string) => Promise<{ rows: Row[] }> };

/** What PostgreSQL holds in the end, without the texts, which only a person's own page can read. */
export async function readRecord(
  url: string,
): Promise<{ messages: StoredMessage[]; turns: StoredTurn[] }> {
  return await withDatabase(url, async (client: Client) => {
    const { rows: messages } = await client.query<StoredMessage>(`
      SELECT m.id, m.conversation_id AS "conversationId", m.seq, m.role::text, m.turn_id AS "turnId",
        m.author_id IS NOT NULL AS "byPerson"
      FROM "Message" m JOIN "Customer" c ON c.id = m.customer_id WHERE c.kind = 'guest'`);
    const { rows: turns } = await client.query<StoredTurn>(`
      SELECT t.id, t.conversation_id AS "conversationId", t.state::text, t.through_seq AS "throughSeq",
        t.answer_id AS "answerId", t.failure, extract(epoch FROM t.created_at)::float8 AS "createdAt"
      FROM "Turn" t JOIN "Customer" c ON c.id = t.customer_id WHERE c.kind = 'guest'`);
    return { messages, turns };
  });
}

/** How many turns somebody still has to work on. */
export async function countOpenTurns(url: string): Promise<number> {
  return await withDatabase(url, async (client: Client) => {
    const { rows } = await client.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM "Turn" WHERE state <= 'running'`,
    );
    return rows[0]?.count ?? 0;
  });
}
