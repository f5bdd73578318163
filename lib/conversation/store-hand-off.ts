import { newId } from "@/lib/id";
import { asRedacted, keyOf } from "@/lib/privacy";
import { db, tally } from "@/lib/storage";
import type { Tx } from "@/lib/storage/schema";
import type { HandOffReason } from "./schema";
import { type Held, nextSeq } from "./store-lock";
import { insertMessage } from "./store-message";
import { stopTurns } from "./store-turn-end";

const WAITING_LINE = "A person has been asked to join. They will answer here.";
const ANSWERS_OFF_LINE = "Our support team answers here right now. A person will reply to you.";

type Line = { role: "boundary" | "event"; text: string; authorName?: string; authorId?: string };

/** Adds a line of ours to a locked conversation and returns its seq. Such a line holds no personal value. */
export async function addLine(tx: Tx, held: Held, line: Line): Promise<number> {
  const key = await keyOf({ id: held.customerId, keyEpoch: held.keyEpoch }, tx);
  const seq = await nextSeq(tx, held.id);
  await insertMessage(tx, key, {
    id: newId(),
    conversationId: held.id,
    customerId: held.customerId,
    seq,
    role: line.role,
    text: asRedacted(line.text),
    ...(line.authorId && { authorId: line.authorId }),
    ...(line.authorName && { meta: { authorName: line.authorName } }),
  });
  return seq;
}

/**
 * A locked conversation begins to wait for a person: owner NONE, so the AI is silent from here on, and one line says so.
 * An answer in the middle of its words is kept as interrupted.
 * Nothing happens when it waits already or a person has it.
 */
export async function beginWaiting(tx: Tx, held: Held, reason: HandOffReason): Promise<boolean> {
  if (held.owner !== "AI") {
    return false;
  }
  await stopTurns(tx, held, reason === "answers_off" ? reason : "person_asked");
  await db(tx).handOff.create({
    data: {
      id: newId(),
      conversationId: held.id,
      customerId: held.customerId,
      reason,
    },
    select: { id: true },
  });
  await addLine(tx, held, {
    role: "event",
    text: reason === "answers_off" ? ANSWERS_OFF_LINE : WAITING_LINE,
  });
  await db(tx).$executeRaw`
    UPDATE "Conversation" SET owner = 'NONE', status = 'waiting', waiting_since = clock_timestamp(),
      asked_at = clock_timestamp(), hand_off_reason = ${reason}, hand_off_why = NULL, generation = generation + 1, solved_at = NULL, assignee_id = NULL
    WHERE id = ${held.id}::uuid`;
  await tally(tx, "hand_offs", reason);
  return true;
}
