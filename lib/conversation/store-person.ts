import type { CustomerCaller } from "@/lib/auth/schema";
import { db } from "@/lib/storage";
import type { Tx } from "@/lib/storage/schema";
import type { CustomerWhy, HandOffReason } from "./schema";
import { addLine, beginWaiting } from "./store-hand-off";
import type { Held } from "./store-lock";
import { act } from "./store-ownership";
import { queueTurn } from "./store-turn-queue";

type Owner = Pick<CustomerCaller, "id">;

/**
 * The customer asks for a person (or a room does it for them). The conversation waits with owner NONE: until a lead
 * takes it over or hands it back, the AI says nothing, and one line tells the customer that a person was asked.
 * Asking again changes nothing.
 */
export async function requestPerson(
  caller: Owner,
  conversationId: string,
  reason: HandOffReason,
): Promise<void> {
  await act(conversationId, caller.id, async (tx, held) => {
    await beginWaiting(tx, held, reason);
  });
}

/** The customer says why they want a person, if they like; leads read it. Nothing happens once nobody waits. */
export async function sayWhy(
  caller: Owner,
  conversationId: string,
  why: CustomerWhy,
): Promise<void> {
  await act(conversationId, caller.id, async (tx, held) => {
    if (held.status !== "waiting") {
      return;
    }
    await db(tx).$executeRaw`
      UPDATE "Conversation" SET hand_off_why = ${why} WHERE id = ${held.id}::uuid`;
    await db(tx).handOff.updateMany({
      where: { conversationId: held.id, state: "waiting" },
      data: { why },
    });
  });
}

/**
 * The customer takes the wish back while nobody has come: the AI answers again, and first what they wrote meanwhile.
 * Answers that turn's id, or null where there is none. Nothing happens once a person has taken the conversation, nor
 * while the AI's answers are switched off.
 */
export async function withdrawPerson(
  caller: Owner,
  conversationId: string,
): Promise<string | null> {
  let turnId: string | null = null;
  await act(conversationId, caller.id, async (tx, held) => {
    if (held.status === "waiting" && held.answersOn) {
      turnId = await withdraw(tx, held);
    }
  });
  return turnId;
}

async function withdraw(tx: Tx, held: Held): Promise<string | null> {
  const unanswered = await findSaidMeanwhile(tx, held);
  // A change of which nobody knows whether it was done is looked into, whatever the customer needs meanwhile.
  const withdrawn = await db(tx).$executeRaw`
    UPDATE "HandOff" SET state = 'withdrawn', ended_at = clock_timestamp()
    WHERE conversation_id = ${held.id}::uuid AND state = 'waiting' AND reason <> 'effect_uncertain'`;
  if (withdrawn === 0) {
    return null;
  }
  const boundary = await addLine(tx, held, {
    role: "boundary",
    text: "No person is asked for any more. The assistant is answering again.",
  });
  await db(tx).$executeRaw`
    UPDATE "Conversation" SET owner = 'AI', status = 'open', generation = generation + 1,
      boundary_seq = ${boundary}, waiting_since = NULL, asked_at = NULL, hand_off_reason = NULL,
      hand_off_why = NULL, failed_answers = 0
    WHERE id = ${held.id}::uuid`;
  const now = { ...held, owner: "AI" as const, generation: held.generation + 1 };
  return unanswered === null ? null : await queueTurn(tx, now, unanswered);
}

/** The last message that the customer wrote while they waited; the one that asked for a person came before. */
async function findSaidMeanwhile(tx: Tx, held: Held): Promise<number | null> {
  const [said] = await db(tx).$queryRaw<{ seq: number }[]>`
    SELECT m.seq FROM "Message" m
    WHERE m.conversation_id = ${held.id}::uuid AND m.role = 'customer' AND m.seq > (
      SELECT coalesce(max(l.seq), m.seq) FROM "Message" l
      WHERE l.conversation_id = m.conversation_id AND l.role IN ('event', 'boundary'))
    ORDER BY m.seq DESC LIMIT 1`;
  return said?.seq ?? null;
}

/** "No, thanks": a person is not offered again before somebody was asked for or the matter is settled. */
export async function declineOffer(caller: Owner, conversationId: string): Promise<void> {
  await act(conversationId, caller.id, async (tx, held) => {
    await db(tx).conversation.update({
      where: { id: held.id },
      data: { offerDeclined: true },
      select: { id: true },
    });
  });
}
