import { report } from "@/lib/observability";
import { keyOf } from "@/lib/privacy";
import { db, isUniqueViolation, Prisma, transact } from "@/lib/storage";
import type { Tx } from "@/lib/storage/schema";
import { openCheckpoint } from "./message-seal";
import type { ClaimedTurn } from "./schema";
import { ringConversation } from "./store-events";
import { lockConversation } from "./store-lock";
import { answersAreOn } from "./store-switch";
import { closeTurn } from "./store-turn-end";
import { ATTEMPTS_MAX, LEASE_SECONDS } from "./turn-rules";

type ClaimedRow = Omit<ClaimedTurn, "answerSeq" | "answerId" | "checkpoint"> & {
  answerSeq: number | null;
  answerId: string | null;
  checkpointSealed: Uint8Array | null;
};

/**
 * Takes the oldest turn that nobody works on (or the named one), or null. One statement by the database's clock: a
 * pending turn, or a running one whose lease ran out, of a conversation that the AI owns and a customer who is active.
 *
 * Each claim raises the generation, so whoever held the turn before can write no event and commit nothing.
 */
export async function claimTurn(runnerId: string, turnId?: string): Promise<ClaimedTurn | null> {
  const row = await (turnId ? claimNamed(runnerId, turnId) : claimRow(runnerId, null));
  if (!row) {
    return null;
  }
  const { answerSeq, answerId, checkpointSealed, ...claimed } = row;
  const [key] = await Promise.all([
    keyOf({ id: row.customerId, keyEpoch: row.keyEpoch }),
    ringConversation(row.conversationId, row.generation),
  ]);
  const checkpoint = openCheckpoint(key, row.id, checkpointSealed);
  return {
    ...claimed,
    ...(answerSeq !== null && answerId && { answerSeq, answerId }),
    ...(checkpoint && { checkpoint }),
  };
}

// A row that somebody holds for a moment (a second message, a read mark) is skipped: whoever wants just this turn waits
// for it, rather than leave it to the next sweep. Others wait for nothing of ours.
async function claimNamed(runnerId: string, turnId: string): Promise<ClaimedRow | null> {
  const row = await claimRow(runnerId, turnId);
  if (row || !(await isClaimable(turnId))) {
    return row;
  }
  return await transact(async (tx) => {
    await db(tx).$queryRaw`
      SELECT c.id FROM "Conversation" c
      WHERE c.id = (SELECT conversation_id FROM "Turn" WHERE id = ${turnId}::uuid)
      FOR UPDATE OF c`;
    return await claimRow(runnerId, turnId, tx);
  });
}

async function isClaimable(turnId: string): Promise<boolean> {
  const [found] = await db().$queryRaw<{ id: string }[]>`
    SELECT t.id FROM "Turn" t JOIN "Conversation" c ON c.id = t.conversation_id
    WHERE t.id = ${turnId}::uuid AND t.attempts < ${ATTEMPTS_MAX} AND NOT t.cancel_requested
      AND c.owner = 'AI' AND ${isFree}`;
  return found !== undefined;
}

/** True in SQL for a turn `t` that nobody works on: its lease ran out, or it waits and no other of its conversation runs. */
const isFree = Prisma.sql`t.state <= 'running' AND CASE t.state
  WHEN 'running' THEN t.lease_until < clock_timestamp()
  ELSE NOT EXISTS (
    SELECT 1 FROM "Turn" r WHERE r.conversation_id = t.conversation_id AND r.state = 'running')
  END`;

// Locking both rows makes PostgreSQL look at both again, so a turn claimed a moment ago does not match any more.
async function claimRow(
  runnerId: string,
  turnId: string | null,
  tx?: Tx,
): Promise<ClaimedRow | null> {
  try {
    const [row] = await db(tx).$queryRaw<ClaimedRow[]>`
      WITH picked AS (
        SELECT t.id, c.id AS conversation_id, c.last_seq, c.boundary_seq,
               p.key_epoch, p.state::text AS customer_state, p.memory_on
        FROM "Turn" t
        JOIN "Conversation" c ON c.id = t.conversation_id
        JOIN "Customer" p ON p.id = t.customer_id
        WHERE ${isFree} AND t.attempts < ${ATTEMPTS_MAX} AND NOT t.cancel_requested
          AND (${turnId}::uuid IS NULL OR t.id = ${turnId}::uuid)
          AND c.owner = 'AI' AND p.state = 'active' AND ${answersAreOn}
        ORDER BY t.created_at LIMIT 1
        FOR UPDATE OF c, t SKIP LOCKED
      ), bumped AS (
        UPDATE "Conversation" c SET generation = c.generation + 1
        FROM picked WHERE c.id = picked.conversation_id
        RETURNING c.id, c.generation
      )
      UPDATE "Turn" t SET
        state = 'running', runner_id = ${runnerId}, attempts = t.attempts + 1,
        generation = bumped.generation, checkpoint_offset = 0,
        lease_until = clock_timestamp() + make_interval(secs => ${LEASE_SECONDS}),
        started_at = coalesce(t.started_at, clock_timestamp())
      FROM picked JOIN bumped ON bumped.id = picked.conversation_id
      WHERE t.id = picked.id
      RETURNING t.id, t.conversation_id AS "conversationId", t.customer_id AS "customerId",
        t.runner_id AS "runnerId", t.generation, t.attempts AS attempt,
        t.through_seq AS "throughSeq", t.cancel_requested AS "cancelRequested",
        t.answer_seq AS "answerSeq", t.answer_id AS "answerId",
        t.checkpoint_sealed AS "checkpointSealed",
        picked.last_seq AS "lastSeq", picked.boundary_seq AS "boundarySeq",
        picked.key_epoch AS "keyEpoch", picked.customer_state AS "customerState",
        picked.memory_on AS "memoryOn",
        coalesce((SELECT m.version FROM "Memory" m WHERE m.conversation_id = t.conversation_id), 0)
          AS "memoryVersion"`;
    return row ?? null;
  } catch (error) {
    // "One running turn per conversation" refused it: another runner was faster.
    if (isUniqueViolation(error)) {
      return null;
    }
    throw error;
  }
}

type Beat = { held: boolean; cancelRequested: boolean; throughSeq: number };

/**
 * Prolongs the lease to 10 s from now; call it every 3 s at least. `held: false` means that the turn is somebody else's, the AI
 * lost the conversation, or the customer may not be processed any more: write nothing from here on.
 */
export async function heartbeatTurn(turn: ClaimedTurn): Promise<Beat> {
  const [row] = await db().$queryRaw<Omit<Beat, "held">[]>`
    UPDATE "Turn" t SET lease_until = clock_timestamp() + make_interval(secs => ${LEASE_SECONDS})
    FROM "Conversation" c JOIN "Customer" p ON p.id = c.customer_id
    WHERE t.id = ${turn.id}::uuid AND t.state = 'running' AND t.runner_id = ${turn.runnerId}
      AND t.generation = ${turn.generation} AND c.id = t.conversation_id
      AND c.generation = t.generation AND c.owner = 'AI' AND ${answersAreOn}
      AND p.state = 'active' AND p.key_epoch = ${turn.keyEpoch}
    RETURNING t.cancel_requested AS "cancelRequested", t.through_seq AS "throughSeq"`;
  return row
    ? { held: true, ...row }
    : { held: false, cancelRequested: false, throughSeq: turn.throughSeq };
}

/** Gives an unfinished turn back at once, as on SIGTERM. It costs no attempt: nobody failed. */
export async function releaseTurn(turn: ClaimedTurn): Promise<void> {
  // The column keeps whole milliseconds and rounds up: "now" would still be ahead of whoever claims at once.
  // Without its runner's name, a heartbeat that is still on its way takes nothing back.
  await db().$executeRaw`
    UPDATE "Turn" SET lease_until = clock_timestamp() - interval '1 millisecond', runner_id = NULL,
      attempts = greatest(attempts - 1, 0)
    WHERE id = ${turn.id}::uuid AND state = 'running' AND runner_id = ${turn.runnerId}
      AND generation = ${turn.generation}`;
}

type Stuck = { id: string; conversationId: string; cancelRequested: boolean };

/**
 * Ends what nobody will finish (three attempts used up, or stopped while its runner was dead) and names the turns that
 * can be claimed now, oldest first.
 */
export async function sweepTurns(limit = 100): Promise<string[]> {
  const stuck = await db().$queryRaw<Stuck[]>`
    SELECT id, conversation_id AS "conversationId", cancel_requested AS "cancelRequested"
    FROM "Turn"
    WHERE state = 'running' AND lease_until < clock_timestamp()
      AND (attempts >= ${ATTEMPTS_MAX} OR cancel_requested)
    LIMIT ${limit}`;
  // One that cannot be ended now (its key is out of reach) keeps nobody else waiting.
  for (const turn of stuck) {
    await endStuck(turn).catch((error: unknown) =>
      report(error, { where: "conversation.sweep", turnId: turn.id }),
    );
  }
  const rows = await db().$queryRaw<{ id: string }[]>`
    SELECT t.id FROM "Turn" t
    JOIN "Conversation" c ON c.id = t.conversation_id
    JOIN "Customer" p ON p.id = t.customer_id
    WHERE ${isFree} AND t.attempts < ${ATTEMPTS_MAX} AND NOT t.cancel_requested
      AND c.owner = 'AI' AND p.state = 'active' AND ${answersAreOn}
    ORDER BY t.created_at LIMIT ${limit}`;
  return rows.map(({ id }) => id);
}

async function endStuck({ id, conversationId, cancelRequested }: Stuck): Promise<void> {
  const ended = await transact(async (tx) => {
    // Somebody is at it: the next sweep sees what they made of it.
    const free = await db(tx).$queryRaw<unknown[]>`
      SELECT 1 FROM "Conversation" WHERE id = ${conversationId}::uuid FOR UPDATE SKIP LOCKED`;
    const held = free.length > 0 ? await lockConversation(tx, conversationId) : null;
    const [still] = await db(tx).$queryRaw<{ id: string }[]>`
      SELECT id FROM "Turn" WHERE id = ${id}::uuid AND state = 'running'
        AND lease_until < clock_timestamp() FOR UPDATE`;
    if (held && still) {
      const outcome = cancelRequested
        ? ({ state: "cancelled", failure: null } as const)
        : ({ state: "failed", failure: "attempts_exhausted" } as const);
      await closeTurn(tx, held, id, outcome);
    }
    return Boolean(held && still);
  });
  if (ended) {
    await ringConversation(conversationId);
  }
}
