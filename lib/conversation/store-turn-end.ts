import { newId } from "@/lib/id";
import { asRedacted, keyOf } from "@/lib/privacy";
import type { RedactedText } from "@/lib/privacy/schema";
import { db } from "@/lib/storage";
import type { Tx } from "@/lib/storage/schema";
import { openCheckpoint } from "./message-seal";
import type { AnswerMeta, MessageView } from "./schema";
import type { Held } from "./store-lock";
import { nextSeq } from "./store-lock";
import { insertMessage } from "./store-message";

export type Ending = {
  state: "done" | "interrupted" | "cancelled" | "failed";
  /** A code, never text. */
  failure: string | null;
};

type Answer = { text: RedactedText; meta?: AnswerMeta; tokens?: number };

/**
 * Ends a turn of a locked conversation. With an answer, that is what is stored; without, the last checkpoint, if the
 * answer had begun, as an interrupted message under the seq that was reserved for it.
 */
export async function closeTurn(
  tx: Tx,
  held: Held,
  turnId: string,
  ending: Ending,
  answer?: Answer,
): Promise<MessageView | undefined> {
  const turn = await readTurn(tx, turnId);
  const key = await keyOf({ id: held.customerId, keyEpoch: held.keyEpoch }, tx);
  // An attempt that had not said anything yet keeps what the one before it had shown.
  const spoken = answer?.text ? answer : undefined;
  const said = spoken ?? checkpointOf(openCheckpoint(key, turnId, turn.checkpointSealed));
  const id = turn.answerId ?? newId();
  const stored = said && said.text !== "";
  const message = stored
    ? await insertMessage(tx, key, {
        id,
        conversationId: held.id,
        customerId: held.customerId,
        seq: turn.answerSeq ?? (await nextSeq(tx, held.id)),
        role: "assistant",
        state: ending.state === "done" ? "final" : "interrupted",
        turnId,
        ...said,
      })
    : undefined;
  await db(tx).$executeRaw`
    WITH heard AS (
      UPDATE "Conversation" SET last_message_at = clock_timestamp()
      WHERE id = ${held.id}::uuid AND ${message !== undefined})
    UPDATE "Turn" SET state = ${ending.state}::"TurnState", failure = ${ending.failure},
      finished_at = clock_timestamp(), lease_until = NULL, checkpoint_sealed = NULL,
      answer_id = ${stored ? id : null}::uuid, fell_back = ${answer?.meta?.builtIn === true}
    WHERE id = ${turnId}::uuid`;
  return message;
}

type Begun = {
  answerSeq: number | null;
  answerId: string | null;
  checkpointSealed: Uint8Array | null;
};

async function readTurn(tx: Tx, id: string): Promise<Begun> {
  const [turn] = await db(tx).$queryRaw<Begun[]>`
    SELECT answer_seq AS "answerSeq", answer_id AS "answerId", checkpoint_sealed AS "checkpointSealed"
    FROM "Turn" WHERE id = ${id}::uuid`;
  if (!turn) {
    throw new Error("A turn that ends is not there");
  }
  return turn;
}

function checkpointOf(text: RedactedText | null): Answer | undefined {
  return text === null ? undefined : { text: asRedacted(text.trim()) };
}

/** Ends whatever the AI was doing in a locked conversation: what it had said stays, marked as interrupted. */
export async function stopTurns(tx: Tx, held: Held, failure: string): Promise<void> {
  const turns = await db(tx).$queryRaw<{ id: string; state: string }[]>`
    SELECT id, state::text FROM "Turn"
    WHERE conversation_id = ${held.id}::uuid AND state <= 'running' FOR UPDATE`;
  for (const { id, state } of turns) {
    const ended = state === "running" ? "interrupted" : "cancelled";
    await closeTurn(tx, held, id, { state: ended, failure });
  }
}
