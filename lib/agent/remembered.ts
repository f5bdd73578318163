import type { CustomerCaller } from "@/lib/auth/schema";
import { forgetMessages, listOwnConversations } from "@/lib/conversation";
import type { ConversationView, Page } from "@/lib/conversation/schema";
import { Refusal } from "@/lib/errors";
import { enqueue } from "@/lib/job";
import {
  dropMemoryCopies,
  forgetConversationMemory,
  listRemembered,
  type Remembered,
  type RememberedValue,
} from "@/lib/memory";
import { forgetSummaries } from "@/lib/summary";
import { readRecord } from "./read-record";

export type RememberedConversation = Remembered & { conversation: ConversationView };

/** What the agent remembers of the customer's conversations, newest first, a page at a time, for them alone. */
export async function listOwnMemory(
  caller: CustomerCaller,
  cursor: string | null,
): Promise<Page<RememberedConversation>> {
  const { rows, next } = await listOwnConversations(caller, cursor);
  const ids = rows.map(({ id }) => id);
  const remembered = await listRemembered(caller, ids, readRecord);
  return {
    rows: remembered.flatMap((each) => {
      const conversation = rows.find(({ id }) => id === each.conversationId);
      return conversation ? [{ ...each, conversation }] : [];
    }),
    next,
  };
}

type OneValue = Pick<RememberedValue, "kind" | "stored"> & { conversationId: string };

/**
 * Forgets one exact value: every message of the conversation that it stands in leaves prompt, summary and search, since
 * from any one of them it would come back. Answers how many messages.
 */
export async function forgetValue(caller: CustomerCaller, given: OneValue): Promise<number> {
  const { conversationId, kind, stored } = given;
  const [remembered] = await listRemembered(caller, [conversationId], readRecord);
  const value = remembered?.values.find((each) => each.kind === kind && each.stored === stored);
  if (!value) {
    throw new Refusal("not_found");
  }
  return await forget(
    caller,
    conversationId,
    value.sources.map(({ messageId }) => messageId),
  );
}

/** Forgets all of one conversation. It stays readable for the customer; the agent begins anew. */
export async function forgetConversation(
  caller: CustomerCaller,
  conversationId: string,
): Promise<number> {
  return await forget(caller, conversationId, null);
}

/** Forgets every conversation. Answers how many messages. */
export async function forgetEverything(caller: CustomerCaller): Promise<number> {
  let count = 0;
  let cursor: string | null = null;
  do {
    const page: Page<ConversationView> = await listOwnConversations(caller, cursor);
    for (const { id } of page.rows) {
      count += await forget(caller, id, null);
    }
    cursor = page.next;
  } while (cursor);
  return count;
}

async function forget(
  caller: CustomerCaller,
  conversationId: string,
  messageIds: readonly string[] | null,
): Promise<number> {
  const count = await forgetMessages(caller, { conversationId, messageIds }, async (tx) => {
    await forgetConversationMemory(conversationId, caller.id, tx);
    await forgetSummaries(conversationId, caller.id, tx);
    // What is left is folded and summarised anew.
    await enqueue(tx, "fold", { conversationId });
    await enqueue(tx, "summarize", { conversationId });
  });
  await dropMemoryCopies(conversationId);
  return count;
}
