import type { CustomerCaller } from "@/lib/auth/schema";
import { listOwnConversations } from "@/lib/conversation";
import type { ConversationView, Page } from "@/lib/conversation/schema";
import { dropAllFacts } from "@/lib/customer";
import { Refusal } from "@/lib/errors";
import { listRemembered, type Remembered, type RememberedValue } from "@/lib/memory";
import type { Triple } from "@/lib/memory/schema";
import { forgetMessagesOf } from "./forget-said";
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
  return await forgetMessagesOf(
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
  return await forgetMessagesOf(caller, conversationId, null);
}

type OneEdge = Triple & { conversationId: string };

/**
 * Forgets one relation of a conversation's graph, with every message from which it could be read again. Answers how many
 * messages.
 */
export async function forgetEdge(caller: CustomerCaller, given: OneEdge): Promise<number> {
  const { conversationId, subject, predicate, object } = given;
  const [remembered] = await listRemembered(caller, [conversationId], readRecord);
  const edge = remembered?.edges.find(
    ({ stored }) =>
      stored.subject === subject && stored.predicate === predicate && stored.object === object,
  );
  if (!edge) {
    throw new Refusal("not_found");
  }
  return await forgetMessagesOf(caller, conversationId, edge.heldBy);
}

/** Forgets every conversation, and every fact across them. Answers how many messages. */
export async function forgetEverything(caller: CustomerCaller): Promise<number> {
  let count = 0;
  let cursor: string | null = null;
  do {
    const page: Page<ConversationView> = await listOwnConversations(caller, cursor);
    for (const { id } of page.rows) {
      count += await forgetMessagesOf(caller, id, null);
    }
    cursor = page.next;
  } while (cursor);
  await dropAllFacts(caller);
  return count;
}
