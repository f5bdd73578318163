import { newId } from "@/lib/id";
import { db, transact } from "@/lib/storage";
import type { Tx } from "@/lib/storage/schema";
import { SILENCE_HOURS } from "./store-accept";
import { ringConsole, ringConversation, ringQueue } from "./store-events";
import { removeStalePresence } from "./store-presence";

type Closed = { id: string; generation: number };

/**
 * Closes what has been silent for 24 hours. One that waits for a person stays: somebody was promised an answer. Called
 * by the job "expire"; a message within seven days reopens it.
 */
export async function closeSilent(): Promise<number> {
  await removeStalePresence();
  const closed = await transact(close);
  await Promise.all(closed.map(({ id, generation }) => ringConversation(id, generation)));
  return closed.length;
}

async function close(tx: Tx): Promise<Closed[]> {
  const closed = await db(tx).$queryRaw<Closed[]>`
    UPDATE "Conversation" SET status = 'solved', solved_at = clock_timestamp(), owner = 'AI',
      generation = generation + CASE WHEN owner = 'AI' THEN 0 ELSE 1 END,
      boundary_seq = CASE WHEN owner = 'AI' THEN boundary_seq ELSE last_seq END, assignee_id = NULL,
      asked_at = NULL
    WHERE id IN (
      SELECT c.id FROM "Conversation" c
      WHERE c.status IN ('open', 'with_person')
        AND c.last_message_at < clock_timestamp() - make_interval(hours => ${SILENCE_HOURS}::int)
        AND NOT EXISTS (
          SELECT 1 FROM "Turn" t WHERE t.conversation_id = c.id AND t.state <= 'running')
      LIMIT 500 FOR UPDATE SKIP LOCKED)
    RETURNING id, generation`;
  await db(tx).$executeRaw`
    UPDATE "HandOff" SET state = 'returned', ended_at = clock_timestamp()
    WHERE conversation_id = ANY(${closed.map(({ id }) => id)}::uuid[]) AND state = 'taken'`;
  return closed;
}

/** Everything a lead owned waits for a person again, and what was marked for them is nobody's: they were deactivated. */
export async function returnToQueue(staffId: string, tx?: Tx): Promise<number> {
  const returned = await (tx ? release(tx, staffId) : transact((own) => release(own, staffId)));
  await Promise.all(returned.map(({ id, generation }) => ringConversation(id, generation)));
  await Promise.all([ringConsole(), ringQueue()]);
  return returned.length;
}

async function release(tx: Tx, staffId: string): Promise<Closed[]> {
  const owned = await db(tx).$queryRaw<(Closed & { customerId: string })[]>`
    UPDATE "Conversation" SET owner = 'NONE', status = 'waiting', assignee_id = NULL,
      waiting_since = clock_timestamp(), asked_at = coalesce(asked_at, clock_timestamp()),
      hand_off_reason = 'staff_returned', hand_off_why = NULL, generation = generation + 1
    WHERE assignee_id = ${staffId}::uuid AND owner = 'HUMAN'
    RETURNING id, generation, customer_id AS "customerId"`;
  await db(tx).handOff.updateMany({
    where: { conversationId: { in: owned.map(({ id }) => id) }, state: "taken" },
    data: { state: "returned", endedAt: new Date() },
  });
  await db(tx).handOff.createMany({
    data: owned.map(({ id, customerId }) => ({
      id: newId(),
      conversationId: id,
      customerId,
      reason: "staff_returned",
    })),
  });
  await db(tx).conversation.updateMany({
    where: { assigneeId: staffId },
    data: { assigneeId: null },
  });
  return owned;
}
