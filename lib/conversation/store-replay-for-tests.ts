import { z } from "zod";
import type { CustomerCaller } from "@/lib/auth/schema";
import { keyOf } from "@/lib/privacy";
import { db } from "@/lib/storage";
import { openBody, openCheckpoint } from "./message-seal";
import type { World } from "./turn-model-world";

const Sealed = z.base64().transform((text) => Buffer.from(text, "base64"));
const Rows = z.object({
  owner: z.string(),
  generation: z.number(),
  lastSeq: z.number(),
  turns: z.array(
    z.object({
      id: z.uuid(),
      state: z.string(),
      generation: z.number(),
      throughSeq: z.number(),
      joins: z.number(),
      attempts: z.number(),
      leased: z.boolean(),
      stopped: z.boolean(),
      answerSeq: z.number().nullable(),
      checkpoint: Sealed.nullable(),
    }),
  ),
  record: z.array(
    z.object({
      id: z.uuid(),
      seq: z.number(),
      role: z.string(),
      state: z.string(),
      body: Sealed,
    }),
  ),
});

/** What PostgreSQL holds of a conversation, in the words of the turn's model; one statement, as a replay asks often. */
export async function readWorld(customer: CustomerCaller, conversationId: string) {
  const key = await keyOf(customer);
  const [row] = await db().$queryRaw<unknown[]>`
    SELECT c.owner::text, c.generation, c.last_seq AS "lastSeq",
      coalesce((SELECT json_agg(json_build_object('id', t.id, 'state', t.state, 'generation', t.generation,
          'throughSeq', t.through_seq, 'joins', t.joins, 'attempts', t.attempts,
          'leased', coalesce(t.lease_until > clock_timestamp(), false), 'stopped', t.cancel_requested,
          'answerSeq', t.answer_seq, 'checkpoint', translate(encode(t.checkpoint_sealed, 'base64'), E'\n', ''))
          ORDER BY t.created_at, t.id)
        FROM "Turn" t WHERE t.conversation_id = c.id), '[]') AS turns,
      coalesce((SELECT json_agg(json_build_object('id', m.id, 'seq', m.seq, 'role', m.role, 'state', m.state,
          'body', translate(encode(m.body_sealed, 'base64'), E'\n', '')) ORDER BY m.seq)
        FROM "Message" m WHERE m.conversation_id = c.id), '[]') AS record
    FROM "Conversation" c WHERE c.id = ${conversationId}::uuid`;
  const { turns, record, ...rest } = Rows.parse(row);
  return {
    ids: turns.map(({ id }) => id),
    world: {
      ...rest,
      turns: turns.map(({ id, checkpoint, ...turn }) => ({
        ...turn,
        kept: openCheckpoint(key, id, checkpoint) ?? "",
      })),
      record: record.map(({ id, body, ...line }) => ({
        ...line,
        ...(line.role === "assistant" && { text: openBody(key, { id, bodySealed: body }) }),
      })),
    },
  };
}

/** The same of the model's world. The words of our own lines and of customers are not its business. */
export function shownWorld({ owner, generation, lastSeq, turns, record }: World) {
  return {
    owner,
    generation,
    lastSeq,
    turns: [...turns],
    record: record.map(({ seq, role, state, text }) => ({
      seq,
      role,
      state,
      ...(role === "assistant" && { text }),
    })),
  };
}
