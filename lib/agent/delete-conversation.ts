import type { CustomerCaller, StaffCaller } from "@/lib/auth/schema";
import { Refusal } from "@/lib/errors";
import { enqueue } from "@/lib/job";
import { dropMemoryCopies, findMemoryOwner } from "@/lib/memory";
import {
  audit,
  CLEAR_AFTER_SECONDS,
  isOnHold,
  previewRemoval,
  type Removed,
  removeConversation,
} from "@/lib/privacy";
import type { ConversationParts } from "@/lib/privacy/schema";
import type { Tx } from "@/lib/storage/schema";
import { forgetMessagesOf } from "./forget-said";

/** Sends the job that clears up behind a removed conversation, in the transaction of the removal. */
export async function clearLater(tx: Tx, removed: Removed): Promise<void> {
  await enqueue(tx, "clear", removed, { startAfterSeconds: CLEAR_AFTER_SECONDS });
}

/** What the customer would lose with one of their conversations; null when it is absent or somebody else's. */
export async function previewDeletion(
  caller: CustomerCaller,
  conversationId: string,
): Promise<ConversationParts | null> {
  return await previewRemoval(conversationId, caller.id);
}

/**
 * The customer deletes one of their conversations, for good: nothing of it is left for them, for staff or for the agent.
 * Refuses `not_found`, `conversation_busy` while something they confirmed in it is being carried out, and
 * `conversation_held` while a legal hold keeps it.
 */
export async function deleteConversation(
  caller: CustomerCaller,
  conversationId: string,
): Promise<void> {
  const removed = await removeConversation({
    conversationId,
    customerId: caller.id,
    reason: "customer_asked",
    actor: "customer",
    onlyIf: async (held, tx) => {
      if (held.effectUnderWay) {
        throw new Refusal("conversation_busy");
      }
      if (await isOnHold(held, tx)) {
        throw new Refusal("conversation_held");
      }
      return true;
    },
    enqueue: clearLater,
  });
  if (!removed) {
    throw new Refusal("not_found");
  }
  await dropMemoryCopies(conversationId);
}

/** What the agent would lose with its memory of a conversation; null when there is none. For staff only. */
export async function previewClearing(
  _staff: StaffCaller,
  conversationId: string,
): Promise<ConversationParts | null> {
  return await previewRemoval(conversationId);
}

/**
 * A lead or admin clears what the agent remembers of one conversation: from here on it begins anew there. Record and
 * transcript stay. Written down; answers how many messages it does not read any more. Refuses `not_found`.
 */
export async function clearAgentMemory(
  staff: StaffCaller,
  conversationId: string,
): Promise<number> {
  const owner = await findMemoryOwner(conversationId);
  if (!owner) {
    throw new Refusal("not_found");
  }
  return await forgetMessagesOf(owner, conversationId, null, {
    record: (tx, count) =>
      audit(tx, {
        actor: staff.id,
        customerId: owner.id,
        action: "agent_memory_cleared",
        metadata: { conversationId, count },
      }),
  });
}
