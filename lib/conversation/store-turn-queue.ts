import { newId } from "@/lib/id";
import { db } from "@/lib/storage";
import type { Tx } from "@/lib/storage/schema";
import type { Held } from "./store-lock";
import { JOINS_MAX } from "./turn-rules";

type ActiveTurn = {
  id: string;
  state: "pending" | "running";
  answerSeq: number | null;
  joins: number;
  cancelRequested: boolean;
};

/**
 * Finds the turn that will answer message `seq`, or makes it; `held` must be locked.
 *
 * A burst is one question: a waiting turn takes it in, and so does a running one that has not begun its answer (its
 * model call restarts, so at most twice). Everything later forms exactly one next turn.
 */
export async function queueTurn(tx: Tx, held: Held, seq: number): Promise<string> {
  const turns = await listActive(tx, held.id);
  const pending = turns.find(({ state }) => state === "pending");
  if (pending) {
    return await raise(tx, pending.id, seq, 0);
  }
  const running = turns.find(({ state }) => state === "running");
  if (running && mayJoin(running)) {
    return await raise(tx, running.id, seq, 1);
  }
  const id = newId();
  await db(tx).$executeRaw`
    INSERT INTO "Turn" (id, conversation_id, customer_id, generation, through_seq, created_at)
    VALUES (${id}::uuid, ${held.id}::uuid, ${held.customerId}::uuid, ${held.generation}, ${seq},
      clock_timestamp())`;
  return id;
}

// One that was stopped answers nothing any more.
function mayJoin({ answerSeq, joins, cancelRequested }: ActiveTurn): boolean {
  return answerSeq === null && joins < JOINS_MAX && !cancelRequested;
}

async function listActive(tx: Tx, conversationId: string): Promise<ActiveTurn[]> {
  return await db(tx).$queryRaw<ActiveTurn[]>`
    SELECT id, state::text, answer_seq AS "answerSeq", joins,
      cancel_requested AS "cancelRequested" FROM "Turn"
    WHERE conversation_id = ${conversationId}::uuid AND state <= 'running' FOR UPDATE`;
}

async function raise(tx: Tx, id: string, throughSeq: number, joins: number): Promise<string> {
  await db(tx).$executeRaw`
    UPDATE "Turn" SET through_seq = ${throughSeq}, joins = joins + ${joins}::int WHERE id = ${id}::uuid`;
  return id;
}
