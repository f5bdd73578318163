import type { CustomerCaller } from "@/lib/auth/schema";
import { listOwnConversations, quoteMessages } from "@/lib/conversation";
import type { ConversationView, Page } from "@/lib/conversation/schema";
import {
  correctFact as correctOne,
  dropFacts,
  dropFactsLike,
  holdsFact,
  listFacts,
} from "@/lib/customer";
import type { Fact } from "@/lib/customer/schema";
import { Refusal } from "@/lib/errors";
import { asRedacted, keyOf, restoreAll } from "@/lib/privacy";
import { forgetMessagesOf } from "./forget-said";
import { readRecord } from "./read-record";

/** A fact as its owner reads it, with the message that said so; null where it is forgotten or they wrote it themselves. */
export type OwnFact = Pick<Fact, "id" | "kind" | "predicate" | "since" | "until"> & {
  value: string;
  holds: boolean;
  /** The value that took its place. */
  replacedBy: string | null;
  corrected: boolean;
  source: { conversationId: string; text: string; createdAt: string } | null;
};

/** What is known of the customer across conversations, the newest first, their own values put back, for them alone. */
export async function listOwnFacts(caller: CustomerCaller): Promise<OwnFact[]> {
  const facts = await listFacts(caller);
  if (facts.length === 0) {
    return [];
  }
  const quoted = await quoteMessages(
    caller,
    facts.flatMap(({ messageId }) => messageId ?? []),
  );
  const texts = [...facts.map(({ object }) => object), ...quoted.map(({ text }) => text)];
  const restored = await restoreAll(await keyOf(caller), texts);
  const shown = new Map(texts.map((text, at) => [text, restored[at] ?? text]));
  const show = (text: string) => shown.get(asRedacted(text)) ?? text;
  const now = new Date().toISOString();
  return facts.map(({ id, kind, predicate, object, since, until, messageId, supersededById }) => {
    const source = quoted.find((message) => message.id === messageId);
    const next = facts.find((fact) => fact.id === supersededById);
    return {
      ...{ id, kind, predicate, since, until },
      value: show(object),
      holds: until === null || until > now,
      replacedBy: next ? show(next.object) : null,
      corrected: messageId === null,
      source: source
        ? {
            conversationId: source.conversationId,
            text: show(source.text),
            createdAt: source.createdAt,
          }
        : null,
    };
  });
}

/**
 * Forgets one fact: it leaves the prompt at once, and so does every message, of any conversation, from which it could be
 * learned again; summaries, ledgers, graphs and search are rewritten without them. Other facts that these messages told
 * stay. Answers how many messages.
 */
export async function forgetFact(caller: CustomerCaller, factId: string): Promise<number> {
  const fact = (await listFacts(caller)).find(({ id }) => id === factId);
  if (!fact) {
    throw new Refusal("not_found");
  }
  await dropFacts(caller, [factId]);
  return await forgetFrom(caller, fact);
}

/**
 * Puts what the customer wrote in the place of a fact. What said otherwise is forgotten like a fact that is forgotten.
 * Answers how many messages.
 */
export async function correctFact(
  caller: CustomerCaller,
  given: { factId: string; text: string },
): Promise<number> {
  const done = await correctOne(caller, given);
  return done ? await forgetFrom(caller, done.replaced, done.id) : 0;
}

async function forgetFrom(caller: CustomerCaller, fact: Fact, exceptId?: string): Promise<number> {
  let count = 0;
  let cursor: string | null = null;
  do {
    const page: Page<ConversationView> = await listOwnConversations(caller, cursor);
    for (const { id } of page.rows) {
      const messageIds = await findHolding(caller, id, fact);
      if (messageIds.length > 0) {
        count += await forgetMessagesOf(caller, id, messageIds, { keepFacts: true });
      }
    }
    cursor = page.next;
  } while (cursor);
  await dropFactsLike(caller, fact, { exceptId });
  return count;
}

const PAGE = 1000;

/** The messages of a conversation that say it, and those that repeat it. */
async function findHolding(
  caller: CustomerCaller,
  conversationId: string,
  fact: Fact,
): Promise<string[]> {
  const found: string[] = [];
  for (let seq = 0; ; ) {
    const page = await readRecord(conversationId, caller, seq, { limit: PAGE });
    found.push(
      ...page
        .filter(({ id, text }) => id === fact.messageId || holdsFact(text, fact))
        .map(({ id }) => id),
    );
    const newest = page.at(-1)?.seq ?? 0;
    if (newest <= seq) {
      return found;
    }
    seq = newest;
  }
}
