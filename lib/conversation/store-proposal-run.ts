import { newId } from "@/lib/id";
import { keyOf } from "@/lib/privacy";
import type { RedactedText, SubjectKey } from "@/lib/privacy/schema";
import { db, tally, transact } from "@/lib/storage";
import type { Tx } from "@/lib/storage/schema";
import { type ClaimedProposal, effectCallId } from "./schema-proposal";
import { ringConsole, ringConversation } from "./store-events";
import { addLine, beginWaiting } from "./store-hand-off";
import { type Held, lockConversation, nextSeq } from "./store-lock";
import { insertMessage } from "./store-message";
import { openArgs, sealResult } from "./store-proposal";
import { queueTurn } from "./store-turn-queue";

/** An effect takes 8 s at most; whoever has not said anything by then is dead. */
const LEASE_SECONDS = 20;
/** Confirmed, and nobody could begin (everything was down, or the customer's data was restricted): not done any more. */
const LATE_HOURS = 1;

type ClaimedRow = Omit<ClaimedProposal, "args"> & { argsSealed: Uint8Array };

/**
 * Takes a confirmed proposal, or one whose carrier died, or null. One statement by the database's clock. What was begun
 * is finished also for a customer whose data has been restricted since, because somebody must know what came of it.
 */
export async function claimProposal(runnerId: string, id: string): Promise<ClaimedProposal | null> {
  const [row] = await db().$queryRaw<ClaimedRow[]>`
    UPDATE "Proposal" p SET state = 'executing', runner_id = ${runnerId}, attempts = p.attempts + 1,
      lease_until = clock_timestamp() + make_interval(secs => ${LEASE_SECONDS})
    FROM "Customer" c
    WHERE p.id = ${id}::uuid AND c.id = p.customer_id AND (
      (p.state = 'confirmed' AND c.state = 'active') OR
      (p.state = 'executing' AND p.lease_until < clock_timestamp() AND c.state IN ('active', 'restricted')))
    RETURNING p.id, p.conversation_id AS "conversationId", p.customer_id AS "customerId",
      c.key_epoch AS "keyEpoch", p.tool, p.args_sealed AS "argsSealed", p.runner_id AS "runnerId",
      p.attempts AS attempt`;
  if (!row) {
    return null;
  }
  await ringConversation(row.conversationId);
  const { argsSealed, ...claimed } = row;
  const key = await keyOf({ id: row.customerId, keyEpoch: row.keyEpoch });
  return { ...claimed, args: openArgs(key, row.id, argsSealed) };
}

/** It is not known whether it was done: tried again under the same key, in so many seconds, by anybody. */
export async function postponeProposal(claimed: ClaimedProposal, seconds: number): Promise<void> {
  await db().$executeRaw`
    UPDATE "Proposal" SET lease_until = clock_timestamp() + make_interval(secs => ${seconds})
    WHERE id = ${claimed.id}::uuid AND state = 'executing' AND runner_id = ${claimed.runnerId}
      AND attempts = ${claimed.attempt}`;
}

export type EffectOutcome = {
  state: "done" | "refused" | "uncertain";
  /** What the customer reads, in the placeholder form. */
  text: RedactedText;
  /** The arguments and the result as the record keeps them, for the agent to report. */
  args: RedactedText;
  result: RedactedText;
  tokens: number;
};

type Settled = { settled: boolean; turnId: string | null };

/**
 * Stores what came of it and queues the turn that tells the customer, in one transaction. Where the AI does not answer
 * (a person has the conversation, or answers are switched off) a line says it; where it is not known whether it was done, a person is asked for.
 * Of two who come with a result the first counts.
 */
export async function settleProposal(
  claimed: ClaimedProposal,
  outcome: EffectOutcome,
): Promise<Settled> {
  const settled = await transact((tx) => settle(tx, claimed, outcome));
  if (settled.settled) {
    await Promise.all([ringConversation(claimed.conversationId), ringConsole()]);
  }
  return settled;
}

async function settle(tx: Tx, claimed: ClaimedProposal, outcome: EffectOutcome): Promise<Settled> {
  const held = await lockConversation(tx, claimed.conversationId, claimed.customerId);
  if (!held) {
    return { settled: false, turnId: null };
  }
  const key = await keyOf({ id: held.customerId, keyEpoch: held.keyEpoch }, tx);
  const state = outcome.state === "done" ? "done" : "failed";
  const ended = await db(tx).$executeRaw`
    UPDATE "Proposal" SET state = ${state}::"ProposalState", finished_at = clock_timestamp(),
      why = ${outcome.state === "done" ? null : outcome.state}, lease_until = NULL,
      result_sealed = ${sealResult(key, claimed.id, outcome.text)}
    WHERE id = ${claimed.id}::uuid AND state = 'executing'`;
  if (ended === 0) {
    return { settled: false, turnId: null };
  }
  await tally(tx, "proposals", outcome.state);
  const seq = await record(tx, key, claimed, outcome);
  return { settled: true, turnId: await tell(tx, held, outcome, seq) };
}

async function record(
  tx: Tx,
  key: SubjectKey,
  { id, conversationId, customerId, tool }: ClaimedProposal,
  { args, result, tokens }: EffectOutcome,
): Promise<number> {
  const seq = await nextSeq(tx, conversationId);
  await insertMessage(tx, key, {
    id: newId(),
    conversationId,
    customerId,
    seq,
    role: "tool",
    text: result,
    meta: { tool: { callId: effectCallId(id), name: tool, args } },
    tokens,
  });
  await db(tx).$executeRaw`
    UPDATE "Conversation" SET last_message_at = clock_timestamp() WHERE id = ${conversationId}::uuid`;
  return seq;
}

async function tell(
  tx: Tx,
  held: Held,
  { state, text }: EffectOutcome,
  seq: number,
): Promise<string | null> {
  if (state === "uncertain") {
    await addLine(tx, held, { role: "event", text });
    await beginWaiting(tx, held, "effect_uncertain");
    return null;
  }
  if (held.owner !== "AI" || !held.answersOn || held.customerState !== "active") {
    await addLine(tx, held, { role: "event", text });
    return null;
  }
  return await queueTurn(tx, held, seq);
}

type Due = { id: string; conversationId: string };

/**
 * Ends what nobody decided or began in time, and names the proposals that are to be carried out now: confirmed ones, and
 * those whose carrier died.
 */
export async function sweepProposals(limit = 20): Promise<string[]> {
  const ended = await db().$queryRaw<Due[]>`
    UPDATE "Proposal" SET finished_at = clock_timestamp(),
      state = CASE WHEN state = 'proposed' THEN 'expired' ELSE 'failed' END::"ProposalState",
      why = CASE WHEN state = 'proposed' THEN NULL ELSE 'late' END
    WHERE id IN (
      SELECT id FROM "Proposal"
      WHERE (state = 'proposed' AND expires_at <= clock_timestamp()) OR (state = 'confirmed'
        AND decided_at < clock_timestamp() - make_interval(hours => ${LATE_HOURS}::int))
      LIMIT 200 FOR UPDATE SKIP LOCKED)
    RETURNING id, conversation_id AS "conversationId"`;
  await Promise.all(ended.map(({ conversationId }) => ringConversation(conversationId)));
  const due = await db().$queryRaw<Due[]>`
    SELECT p.id, p.conversation_id AS "conversationId" FROM "Proposal" p
    JOIN "Customer" c ON c.id = p.customer_id
    WHERE (p.state = 'confirmed' AND c.state = 'active') OR
      (p.state = 'executing' AND p.lease_until < clock_timestamp() AND c.state IN ('active', 'restricted'))
    ORDER BY p.decided_at LIMIT ${limit}`;
  return due.map(({ id }) => id);
}
