import type { StaffCaller } from "@/lib/auth/schema";
import { Refusal } from "@/lib/errors";
import { newId } from "@/lib/id";
import { audit, keyOf } from "@/lib/privacy";
import { db, tally, transact } from "@/lib/storage";
import type { Tx } from "@/lib/storage/schema";
import { type MessageRow, openBody } from "./message-seal";
import type { OpenQuestion, Source } from "./schema";
import { messageFields } from "./store-message";

const SHOWN_MAX = 50;

type Turn = { conversationId: string; customerId: string; throughSeq: number };

type Use = { sources: readonly Source[]; unanswered: boolean };

/** Counts, with the turn's answer, which articles it names; notes the question where it should have named one. */
export async function noteUse(tx: Tx, turn: Turn, { sources, unanswered }: Use): Promise<void> {
  for (const { kind, id } of sources) {
    await tally(tx, `${kind}_cited`, id);
  }
  if (unanswered) {
    await noteQuestion(tx, turn);
  }
}

/** The customer's newest message of a turn, once. */
async function noteQuestion(
  tx: Tx,
  { conversationId, customerId, throughSeq }: Turn,
): Promise<void> {
  await db(tx).$executeRaw`
    INSERT INTO "ArticleQuestion" (id, conversation_id, customer_id, message_id)
    SELECT ${newId()}::uuid, ${conversationId}::uuid, ${customerId}::uuid, m.id FROM "Message" m
    WHERE m.conversation_id = ${conversationId}::uuid AND m.role = 'customer' AND m.seq <= ${throughSeq}
    ORDER BY m.seq DESC LIMIT 1
    ON CONFLICT (message_id) DO NOTHING`;
}

type Row = MessageRow & {
  questionId: string;
  conversationId: string;
  customerId: string;
  keyEpoch: number;
  byPerson: boolean;
};

/** Newest first. What was forgotten, or is somebody's who may not be read any more, is left out. */
async function readOpen(questionId: string | null): Promise<OpenQuestion[]> {
  const rows = await db().$queryRaw<Row[]>`
    SELECT ${messageFields}, q.id AS "questionId", c.id AS "conversationId", p.id AS "customerId",
      p.key_epoch AS "keyEpoch", EXISTS (SELECT 1 FROM "Message" s WHERE s.conversation_id = c.id
        AND s.role = 'staff' AND s.seq > m.seq) AS "byPerson"
    FROM "ArticleQuestion" q JOIN "Message" m ON m.id = q.message_id
      JOIN "Conversation" c ON c.id = q.conversation_id JOIN "Customer" p ON p.id = c.customer_id
    WHERE q.settled_at IS NULL AND p.state = 'active' AND m.forgotten_at IS NULL
      AND (${questionId}::uuid IS NULL OR q.id = ${questionId}::uuid)
    ORDER BY q.created_at DESC, q.id DESC LIMIT ${SHOWN_MAX}`;
  return await Promise.all(
    rows.map(async (row) => ({
      id: row.questionId,
      conversationId: row.conversationId,
      text: openBody(await keyOf({ id: row.customerId, keyEpoch: row.keyEpoch }), row),
      askedAt: row.createdAt.toISOString(),
      answeredByPerson: row.byPerson,
    })),
  );
}

/** The newest questions for which help pages were looked through and the answer named none; in placeholder form. */
export async function listOpenQuestions(): Promise<OpenQuestion[]> {
  return await readOpen(null);
}

/** One of them; null when it is settled, forgotten or gone. */
export async function findOpenQuestion(id: string): Promise<OpenQuestion | null> {
  const [question] = await readOpen(id);
  return question ?? null;
}

/** Takes a question off the list: an article is written, or none is needed. `not_found` when it is off already. */
export async function settleQuestion(
  staff: StaffCaller,
  id: string,
  articleId: string | null = null,
): Promise<void> {
  await transact(async (tx) => {
    const [row] = await db(tx).$queryRaw<{ conversationId: string; customerId: string }[]>`
      UPDATE "ArticleQuestion" SET settled_at = now(), article_id = ${articleId}::uuid
      WHERE id = ${id}::uuid AND settled_at IS NULL
      RETURNING conversation_id AS "conversationId", customer_id AS "customerId"`;
    if (!row) {
      throw new Refusal("not_found");
    }
    const { conversationId, customerId } = row;
    const metadata = { conversationId, ...(articleId && { articleId }) };
    await audit(tx, { actor: staff.id, customerId, action: "question_settled", metadata });
  });
}
