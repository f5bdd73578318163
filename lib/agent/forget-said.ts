import type { CustomerCaller } from "@/lib/auth/schema";
import { forgetMessages } from "@/lib/conversation";
import { forgetFactsSaid } from "@/lib/customer";
import { enqueue } from "@/lib/job";
import { dropMemoryCopies, forgetConversationMemory } from "@/lib/memory";
import { forgetSummaries } from "@/lib/summary";

/**
 * Forgets messages of one conversation (null: all of them) with everything that was derived from them. It leaves prompt,
 * recall and search in this transaction; what is left is folded, summarised and read anew by jobs. With `keepFacts`, what
 * else these messages told of the customer stays known.
 */
export async function forgetMessagesOf(
  caller: CustomerCaller,
  conversationId: string,
  messageIds: readonly string[] | null,
  { keepFacts = false }: { keepFacts?: boolean } = {},
): Promise<number> {
  const count = await forgetMessages(caller, { conversationId, messageIds }, async (tx) => {
    await forgetConversationMemory(conversationId, caller.id, tx);
    await forgetSummaries(conversationId, caller.id, tx);
    await forgetFactsSaid(conversationId, caller.id, keepFacts ? [] : messageIds, tx);
    await enqueue(tx, "fold", { conversationId });
    await enqueue(tx, "summarize", { conversationId });
    // A reading that was under way has lost by this, and goes on behind what it had read.
    await enqueue(tx, "facts", { conversationId });
  });
  await dropMemoryCopies(conversationId);
  return count;
}
