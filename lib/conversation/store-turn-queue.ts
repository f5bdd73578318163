import { newId } from "@/lib/id";
import { db, Prisma } from "@/lib/storage";
import type { Tx } from "@/lib/storage/schema";
import type { Held } from "./store-lock";
import { JOINS_MAX, LEASE_SECONDS } from "./turn-rules";

/** The turns of a conversation that are not over: one waits at most, and one runs. */
export type OpenTurns = {
  pendingId: string | null;
  runningId: string | null;
  answerSeq: number | null;
  joins: number | null;
  cancelRequested: boolean | null;
};

/** Reads them of `c` (Conversation), whose row is held: no turn begins or ends without it. */
export const openTurns = {
  columns: Prisma.sql`w.id AS "pendingId", r.id AS "runningId", r.answer_seq AS "answerSeq", r.joins,
    r.cancel_requested AS "cancelRequested"`,
  joins: Prisma.sql`LEFT JOIN "Turn" w ON w.conversation_id = c.id AND w.state = 'pending'
    LEFT JOIN "Turn" r ON r.conversation_id = c.id AND r.state = 'running'`,
};

/** Which turn answers a message, and the statement that sees to it. */
type Queued = { id: string; statement: Prisma.Sql; claimed: boolean };

/**
 * Finds the turn that will answer message `seq`, or makes it; `held` must be locked.
 *
 * A burst is one question: a waiting turn takes it in, and so does a running one that has not begun its answer (its
 * model call restarts, so at most twice). Everything later forms exactly one next turn. Where nothing else is open, a
 * runner may have the new one at once, as if it had claimed it: under the generation after the conversation's.
 */
export function planTurn(
  held: Held,
  open: OpenTurns,
  seq: number,
  runnerId: string | null = null,
): Queued {
  if (open.pendingId) {
    return { id: open.pendingId, statement: raise(open.pendingId, seq, 0), claimed: false };
  }
  if (open.runningId && mayJoin(open)) {
    return { id: open.runningId, statement: raise(open.runningId, seq, 1), claimed: false };
  }
  const id = newId();
  const claimed = runnerId !== null && open.runningId === null;
  const statement = claimed
    ? Prisma.sql`
      INSERT INTO "Turn" (id, conversation_id, customer_id, generation, through_seq, created_at,
        state, runner_id, attempts, lease_until, started_at)
      VALUES (${id}::uuid, ${held.id}::uuid, ${held.customerId}::uuid, ${held.generation + 1}, ${seq},
        clock_timestamp(), 'running', ${runnerId}, 1,
        clock_timestamp() + make_interval(secs => ${LEASE_SECONDS}), clock_timestamp())`
    : Prisma.sql`
      INSERT INTO "Turn" (id, conversation_id, customer_id, generation, through_seq, created_at)
      VALUES (${id}::uuid, ${held.id}::uuid, ${held.customerId}::uuid, ${held.generation}, ${seq},
        clock_timestamp())`;
  return { id, statement, claimed };
}

// One that was stopped answers nothing any more.
function mayJoin({ answerSeq, joins, cancelRequested }: OpenTurns): boolean {
  return answerSeq === null && (joins ?? 0) < JOINS_MAX && !cancelRequested;
}

function raise(id: string, throughSeq: number, joins: number): Prisma.Sql {
  return Prisma.sql`
    UPDATE "Turn" SET through_seq = ${throughSeq}, joins = joins + ${joins}::int WHERE id = ${id}::uuid`;
}

/** Plans the turn and does it. */
export async function queueTurn(tx: Tx, held: Held, seq: number): Promise<string> {
  const [open] = await db(tx).$queryRaw<OpenTurns[]>`
    SELECT ${openTurns.columns} FROM "Conversation" c ${openTurns.joins} WHERE c.id = ${held.id}::uuid`;
  if (!open) {
    throw new Error("A conversation that is held is not there");
  }
  const { id, statement } = planTurn(held, open, seq);
  await db(tx).$executeRaw(statement);
  return id;
}
