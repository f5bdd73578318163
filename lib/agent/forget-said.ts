import { forgetMessages } from "@/lib/conversation";
import { forgetFactsSaid } from "@/lib/customer";
import { enqueue } from "@/lib/job";
import { dropMemoryCopies, forgetConversationMemory } from "@/lib/memory";
import type { Tx } from "@/lib/storage/schema";
import { forgetSummaries } from "@/lib/summary";

type Options = {
  /** What else these messages told of the customer stays known. */
  keepFacts?: boolean;
  /** Writes the act down in the same transaction; is told how many messages were not forgotten before. */
  record?: (tx: Tx, count: number) => Promise<void>;
};

/**
 * Forgets messages of one conversation (null: all of them) with everything that was derived from them. It leaves prompt,
 * recall and search in this transaction; what is left is folded, summarised and read anew by jobs.
 */
export async function forgetMessagesOf(
  owner: { id: string },
  conversationId: string,
  messageIds: readonly string[] | null,
  { keepFacts = false, record }: Options = {},
): Promise<number> {
  const count = await forgetMessages(
    owner,
    { conversationId, messageIds },
    async (tx, forgotten) => {
      await forgetConversationMemory(conversationId, owner.id, tx);
      await forgetSummaries(conversationId, owner.id, tx);
      await forgetFactsSaid(conversationId, owner.id, keepFacts ? [] : messageIds, tx);
      await record?.(tx, forgotten);
      await enqueue(tx, "fold", { conversationId });
      await enqueue(tx, "summarize", { conversationId });
      // A reading that was under way has lost by this, and goes on behind what it had read.
      await enqueue(tx, "facts", { conversationId });
    },
  );
  await dropMemoryCopies(conversationId);
  return count;
}
