import { once } from "@/lib/once";
import type { Tx } from "@/lib/storage/schema";
import { ports } from "./ports";
import { quietly } from "./prepare";
import { recallShelf } from "./recall";
import { resetHead } from "./store";
import { hearDrops, tellDrop } from "./store-drops";

/**
 * Forgets what was derived from a conversation's messages: the version rises, summary and ledger are emptied, the
 * copies are deleted. Call it in the transaction that marks a message as forgotten; then enqueue a fold, which rebuilds
 * the summary from what is left. Until then the agent reads messages only. False when the conversation is not this
 * customer's. With a `tx`, call `dropMemoryCopies` after the commit.
 */
export async function forgetConversationMemory(
  conversationId: string,
  customerId: string,
  tx?: Tx,
): Promise<boolean> {
  const reset = await resetHead(conversationId, customerId, tx);
  if (reset && !tx) {
    await dropMemoryCopies(conversationId);
  }
  return reset;
}

/**
 * Deletes the copies in Redis and in every process, before it answers. What is out of date is never used; this removes
 * it at once, and as soon as Redis is back where it is out of reach.
 */
export async function dropMemoryCopies(conversationId: string): Promise<void> {
  const { redis, process } = ports();
  recallShelf().drop(conversationId);
  await process.delete(conversationId);
  if (!(await quietly(conversationId, () => redis.delete(conversationId)))) {
    undeleted().add(conversationId);
  }
  await quietly(conversationId, () => tellDrop(conversationId));
}

/** Copies that a Redis out of reach still holds. Out of date, they are never used; they end by themselves within a day. */
function undeleted(): Set<string> {
  return once("memory.undeleted", () => new Set());
}

/** Deletes what could not be deleted when it was forgotten; what fails again waits for the next time. */
export async function retryDrops(): Promise<void> {
  const { redis } = ports();
  for (const conversationId of [...undeleted()]) {
    if (!(await quietly(conversationId, () => redis.delete(conversationId)))) {
      return;
    }
    undeleted().delete(conversationId);
  }
}

/** Lets this process hear what other processes forget. */
export function startHearing(): void {
  once("memory.drops", () =>
    hearDrops({
      conversation: (conversationId) => {
        recallShelf().drop(conversationId);
        ports()
          .process.delete(conversationId)
          .catch(() => undefined);
      },
      customer: (customerId) => {
        recallShelf().dropOwner(customerId);
        ports().process.forgetOwner(customerId);
      },
    }),
  );
}
