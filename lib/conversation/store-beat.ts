import { keyOf } from "@/lib/privacy";
import type { RedactedText } from "@/lib/privacy/schema";
import { db } from "@/lib/storage";
import { sealCheckpoint } from "./message-seal";
import type { ClaimedTurn } from "./schema";
import { answersAreOn } from "./store-switch";
import { LEASE_SECONDS } from "./turn-rules";

/** A sign of life of one running turn; with a text, its checkpoint. */
export type Beat = { turn: ClaimedTurn; text: RedactedText | null };

/**
 * What checkpointTurn and heartbeatTurn do, for many turns of this process in one statement: hundreds that each ask for
 * a connection once a second leave none for answers that are to begin.
 *
 * Tells of each turn that was found as it should be, by id, whether it is to stop. Of one that is missing nothing is
 * known: it is locked by somebody, or not ours any more, and is to be asked by itself. So no turn waits for another's.
 */
export async function beatTurns(beats: readonly Beat[]): Promise<Map<string, boolean>> {
  const sealed = await Promise.all(beats.map(sealOf));
  const turns = beats.map(({ turn }) => turn);
  const rows = await db().$queryRaw<{ id: string; cancelRequested: boolean }[]>`
    WITH beat AS (
      SELECT * FROM unnest(
        ${turns.map(({ id }) => id)}::uuid[], ${turns.map(({ runnerId }) => runnerId)}::text[],
        ${turns.map(({ generation }) => generation)}::int[],
        ${turns.map(({ keyEpoch }) => keyEpoch)}::int[],
        ${sealed}::text[], ${beats.map(({ text }) => text?.length ?? null)}::int[]
      ) AS b(id, runner_id, generation, key_epoch, sealed, length)
    ), free AS (
      SELECT t.id FROM "Turn" t JOIN beat ON beat.id = t.id
      WHERE t.state = 'running' FOR UPDATE OF t SKIP LOCKED
    )
    UPDATE "Turn" t SET
      checkpoint_sealed = coalesce(decode(beat.sealed, 'base64'), t.checkpoint_sealed),
      checkpoint_offset = coalesce(beat.length, t.checkpoint_offset),
      lease_until = clock_timestamp() + make_interval(secs => ${LEASE_SECONDS})
    FROM beat JOIN free ON free.id = beat.id, "Conversation" c
      JOIN "Customer" p ON p.id = c.customer_id
    WHERE t.id = beat.id AND t.state = 'running' AND t.runner_id = beat.runner_id
      AND t.generation = beat.generation AND c.id = t.conversation_id
      AND c.generation = t.generation AND c.owner = 'AI' AND ${answersAreOn}
      AND p.state = 'active' AND p.key_epoch = beat.key_epoch
    RETURNING t.id, t.cancel_requested AS "cancelRequested"`;
  return new Map(rows.map(({ id, cancelRequested }) => [id, cancelRequested]));
}

async function sealOf({ turn, text }: Beat): Promise<string | null> {
  if (text === null) {
    return null;
  }
  const key = await keyOf({ id: turn.customerId, keyEpoch: turn.keyEpoch });
  return Buffer.from(sealCheckpoint(key, turn.id, text)).toString("base64");
}
