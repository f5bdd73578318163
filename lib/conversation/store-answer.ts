import { newId } from "@/lib/id";
import { keyOf } from "@/lib/privacy";
import type { RedactedText } from "@/lib/privacy/schema";
import { db, tally, transact } from "@/lib/storage";
import type { Tx } from "@/lib/storage/schema";
import { sealCheckpoint } from "./message-seal";
import type {
  AnswerMeta,
  ClaimedTurn,
  HandOffReason,
  MessageView,
  NewProposal,
  ToolCall,
} from "./schema";
import { ringConsole, ringConversation } from "./store-events";
import { beginWaiting } from "./store-hand-off";
import { insist } from "./store-insist";
import { type Held, lockConversation, nextSeq } from "./store-lock";
import { insertMessage } from "./store-message";
import { recountFailed } from "./store-offer";
import { writeProposals } from "./store-proposal";
import { noteUse } from "./store-question";
import { answersAreOn } from "./store-switch";
import { closeTurn, type Ending } from "./store-turn-end";
import { LEASE_SECONDS } from "./turn-rules";

type Mine = { answerSeq: number | null; answerId: string | null; throughSeq: number };

/** Locks the conversation and the turn, or null when the turn is not this runner's any more. */
async function lockTurn(tx: Tx, turn: ClaimedTurn): Promise<{ held: Held; row: Mine } | null> {
  const held = await lockConversation(tx, turn.conversationId, turn.customerId);
  const lost = held?.owner !== "AI" || held.generation !== turn.generation;
  if (!held || lost || held.customerState !== "active" || held.keyEpoch !== turn.keyEpoch) {
    return null;
  }
  const [row] = await db(tx).$queryRaw<Mine[]>`
    SELECT answer_seq AS "answerSeq", answer_id AS "answerId", through_seq AS "throughSeq"
    FROM "Turn"
    WHERE id = ${turn.id}::uuid AND state = 'running' AND runner_id = ${turn.runnerId}
      AND generation = ${turn.generation} AND ${answersAreOn}
    FOR UPDATE`;
  return row ? { held, row } : null;
}

export type Started =
  | { held: false }
  | { held: true; begun: true; answerId: string; answerSeq: number }
  | { held: true; begun: false; throughSeq: number };

/**
 * Begins the answer to the messages through `throughSeq`, before its first token is shown: reserves its place, after
 * which no message joins this turn. A turn that was taken over keeps the place it had.
 *
 * `begun: false` means that messages came in meanwhile: nothing is reserved, and the model is to be called again with
 * everything through the higher `throughSeq`. That happens twice at most, since no more than two messages join.
 */
export async function startAnswer(
  turn: ClaimedTurn,
  throughSeq = turn.throughSeq,
): Promise<Started> {
  const [row] = await insist(() => beginRow(turn, throughSeq));
  if (!row) {
    return { held: false };
  }
  const { answerId, answerSeq } = row;
  return answerId && answerSeq !== null
    ? { held: true, begun: true, answerId, answerSeq }
    : { held: true, begun: false, throughSeq: row.throughSeq };
}

// One statement, because the first token waits for it. Locking both rows makes PostgreSQL look at both again, so it
// decides by what they are once the lock is ours (as a claim does). For the same reason it does not wait for the disk:
// a place that a crash of PostgreSQL took back is missed when the answer is to be stored.
function beginRow(turn: ClaimedTurn, throughSeq: number): Promise<Mine[]> {
  return db().$queryRaw<Mine[]>`
    WITH mine AS (
      SELECT t.id, t.conversation_id, t.answer_seq, t.through_seq,
        set_config('synchronous_commit', 'off', true)
      FROM "Conversation" c
      JOIN "Customer" p ON p.id = c.customer_id
      JOIN "Turn" t ON t.conversation_id = c.id
      WHERE c.id = ${turn.conversationId}::uuid AND c.customer_id = ${turn.customerId}::uuid
        AND c.owner = 'AI' AND c.generation = ${turn.generation}
        AND p.state = 'active' AND p.key_epoch = ${turn.keyEpoch}
        AND t.id = ${turn.id}::uuid AND t.state = 'running' AND t.runner_id = ${turn.runnerId}
        AND t.generation = ${turn.generation} AND ${answersAreOn}
      FOR UPDATE OF c, t
    ), given AS (
      UPDATE "Conversation" c SET last_seq = c.last_seq + 1 FROM mine
      WHERE c.id = mine.conversation_id AND mine.answer_seq IS NULL AND mine.through_seq <= ${throughSeq}
      RETURNING c.last_seq
    ), begun AS (
      UPDATE "Turn" t SET answer_seq = coalesce(t.answer_seq, (SELECT last_seq FROM given)),
        answer_id = coalesce(t.answer_id, ${newId()}::uuid)
      FROM mine WHERE t.id = mine.id AND mine.through_seq <= ${throughSeq}
      RETURNING t.answer_seq, t.answer_id
    )
    SELECT begun.answer_seq AS "answerSeq", begun.answer_id AS "answerId",
      mine.through_seq AS "throughSeq"
    FROM mine LEFT JOIN begun ON true`;
}

/**
 * Keeps what the answer says so far (once a second), prolongs the lease as a heartbeat does, and hears whether to stop.
 * Needs no lock but the turn's own.
 */
export async function checkpointTurn(
  turn: ClaimedTurn,
  text: RedactedText,
): Promise<{ held: boolean; cancelRequested: boolean }> {
  const key = await keyOf({ id: turn.customerId, keyEpoch: turn.keyEpoch });
  const [row] = await db().$queryRaw<{ cancelRequested: boolean }[]>`
    UPDATE "Turn" t SET checkpoint_sealed = ${sealCheckpoint(key, turn.id, text)},
      checkpoint_offset = ${text.length},
      lease_until = clock_timestamp() + make_interval(secs => ${LEASE_SECONDS})
    FROM "Conversation" c JOIN "Customer" p ON p.id = c.customer_id
    WHERE t.id = ${turn.id}::uuid AND t.state = 'running' AND t.runner_id = ${turn.runnerId}
      AND t.generation = ${turn.generation} AND c.id = t.conversation_id
      AND c.generation = t.generation AND c.owner = 'AI' AND ${answersAreOn}
      AND p.state = 'active' AND p.key_epoch = ${turn.keyEpoch}
    RETURNING t.cancel_requested AS "cancelRequested"`;
  return row ? { held: true, ...row } : { held: false, cancelRequested: false };
}

type Commit = {
  /** The answer's place was reserved. Where the record does not know of it any more, others may have come in instead. */
  begun?: boolean;
  text: RedactedText;
  meta: AnswerMeta;
  tokens: number;
  /** The answer promises a person: in the same transaction the conversation begins to wait for one. */
  handOff?: HandOffReason;
  /** What the answer asks the customer to confirm: stored with it, so that nothing is asked without its words. */
  proposals?: readonly NewProposal[];
  /** Help pages were looked through, and the answer names none: leads see the question as one without an article. */
  unanswered?: boolean;
};

/** `nextTurnId`: messages came in while the answer was given, and this turn will answer them; claim it at once. */
type Committed = { stored: boolean; message?: MessageView; nextTurnId?: string };

/**
 * Stores the answer and ends the turn, in one transaction under the conversation's lock: only while the AI owns the
 * conversation and the generation is ours. `stored: false` means that a person or another runner was first.
 */
export async function commitTurn(turn: ClaimedTurn, answer: Commit): Promise<Committed> {
  const { text, meta, tokens, ...promised } = answer;
  return await finish(turn, { state: "done", failure: null }, { text, meta, tokens }, promised);
}

/**
 * Ends a turn early. What was said is stored as interrupted, if the answer had begun; `why` is a code: "cancelled" when
 * the customer pressed stop.
 */
export async function interruptTurn(
  turn: ClaimedTurn,
  text: RedactedText,
  why: string,
  { handOff, ...more }: Partial<Pick<Commit, "meta" | "tokens" | "handOff">> = {},
): Promise<Committed> {
  const state = why === "cancelled" ? "cancelled" : "interrupted";
  return await finish(turn, { state, failure: why }, { text, ...more }, handOff && { handOff });
}

/** Ends a turn that went wrong: an event with a code, never an answer, never in memory. Retry makes a new turn. */
export async function failTurn(turn: ClaimedTurn, code: string): Promise<Committed> {
  return await finish(turn, { state: "failed", failure: code });
}

async function finish(
  turn: ClaimedTurn,
  ending: Ending,
  said?: Pick<Commit, "text"> & Partial<Pick<Commit, "meta" | "tokens">>,
  {
    begun = false,
    handOff,
    proposals = [],
    unanswered = false,
  }: Omit<Commit, "text" | "meta" | "tokens"> = {},
): Promise<Committed> {
  const close = async (tx: Tx): Promise<Committed> => {
    const mine = await lockTurn(tx, turn);
    if (!mine || (begun && mine.row.answerSeq === null)) {
      return { stored: false };
    }
    const message = await closeTurn(tx, mine.held, turn.id, ending, said);
    await tally(tx, "turns", ending.state);
    if (message) {
      await noteUse(tx, turn, { sources: message.sources ?? [], unanswered });
    }
    await recountFailed(tx, turn.conversationId);
    await writeProposals(tx, mine.held, turn.id, proposals);
    if (handOff) {
      await beginWaiting(tx, mine.held, handOff);
    }
    const [next] = await db(tx).$queryRaw<{ id: string }[]>`
      SELECT id FROM "Turn" WHERE conversation_id = ${turn.conversationId}::uuid AND state = 'pending'`;
    return { stored: true, ...(message && { message }), ...(next && { nextTurnId: next.id }) };
  };
  let tries = 0;
  const committed = await insist((attempt) => {
    tries = attempt;
    return transact(close);
  });
  // A commit whose answer was lost may have stored it: then the second try is refused, and the readers still look.
  if (committed.stored || tries > 1) {
    await Promise.all([ringConversation(turn.conversationId), ringConsole()]);
  }
  return committed;
}

type ToolUse = ToolCall & { result: RedactedText; tokens?: number };

/** Stores a tool call with its result (placeholder form) before the answer; `held: false` when the turn is lost. */
export async function appendToolMessage(
  turn: ClaimedTurn,
  { result, tokens, ...tool }: ToolUse,
): Promise<{ held: boolean; message?: MessageView }> {
  return await transact(async (tx) => {
    const mine = await lockTurn(tx, turn);
    if (!mine) {
      return { held: false };
    }
    const key = await keyOf({ id: turn.customerId, keyEpoch: turn.keyEpoch }, tx);
    const message = await insertMessage(tx, key, {
      id: newId(),
      conversationId: turn.conversationId,
      customerId: turn.customerId,
      seq: await nextSeq(tx, turn.conversationId),
      role: "tool",
      text: result,
      turnId: turn.id,
      meta: { tool },
      ...(tokens !== undefined && { tokens }),
    });
    return { held: true, message };
  });
}
