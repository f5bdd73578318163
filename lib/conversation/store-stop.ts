import type { CustomerCaller } from "@/lib/auth/schema";
import { db, transact } from "@/lib/storage";
import { ringConversation, ringStop } from "./store-events";
import { beginWaiting } from "./store-hand-off";
import { requireLocked } from "./store-lock";
import { closeTurn } from "./store-turn-end";
import { queueTurn } from "./store-turn-queue";

/**
 * The customer pressed stop. A turn that waits is over; a running one is asked by a flag on its row, which its runner
 * reads at each checkpoint (≤ 1 s), and by a doorbell. Nothing running: nothing happens.
 */
export async function cancelTurn(caller: CustomerCaller, conversationId: string): Promise<void> {
  const turns = await transact(async (tx) => {
    const held = await requireLocked(tx, conversationId, caller.id);
    const active = await db(tx).$queryRaw<{ id: string; state: string }[]>`
      SELECT id, state::text FROM "Turn"
      WHERE conversation_id = ${conversationId}::uuid AND state <= 'running' FOR UPDATE`;
    for (const { id } of active.filter(({ state }) => state === "pending")) {
      await closeTurn(tx, held, id, { state: "cancelled", failure: null });
    }
    const running = active.filter(({ state }) => state === "running");
    await db(tx).turn.updateMany({
      where: { id: { in: running.map(({ id }) => id) } },
      data: { cancelRequested: true },
    });
    return running;
  });
  await Promise.all([...turns.map(({ id }) => ringStop(id)), ringConversation(conversationId)]);
}

/**
 * Tries the newest customer message again, after a turn that failed or was stopped: the turn's id, or null when there is nothing to
 * answer: a person owns the conversation, or the message has its answer.
 */
export async function retryAnswer(
  caller: CustomerCaller,
  conversationId: string,
): Promise<string | null> {
  const turnId = await transact(async (tx) => {
    const held = await requireLocked(tx, conversationId, caller.id);
    const last = await db(tx).turn.findFirst({
      where: { conversationId },
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
      select: { id: true, state: true, throughSeq: true },
    });
    if (!last || held.owner !== "AI" || last.state === "done") {
      return null;
    }
    if (!held.answersOn) {
      await beginWaiting(tx, held, "answers_off");
      return null;
    }
    const active = last.state === "pending" || last.state === "running";
    // Beyond the customer's last words where the turn was to report what came of a proposal.
    const seq = Math.max(held.lastCustomerSeq, last.throughSeq);
    return active ? last.id : await queueTurn(tx, held, seq);
  });
  await ringConversation(conversationId);
  return turnId;
}
