import { keyOf, restoreAll } from "@/lib/privacy";
import type { RedactedText, SubjectKey } from "@/lib/privacy/schema";
import { findExactValues, isSameValue, mentions, mergeLedger } from "./ledger";
import { listEdges, type RememberedEdge, textsOf } from "./list-edges";
import { pageThrough } from "./page-through";
import { policy } from "./policy";
import type { LedgerItem, RecordedMessage, SinceOf } from "./schema";
import { findHead } from "./store";
import { findGraph } from "./store-graph";

/** An exact value that is remembered, with every message that it stands in, oldest first. */
export type RememberedValue = {
  kind: LedgerItem["kind"];
  /** As it is stored: what names it when it is to be forgotten. */
  stored: string;
  /** As its owner wrote it. */
  value: string;
  sources: RememberedSource[];
};

/** A message that a value stands in; the text is left out of what a tool answered, which no person reads. */
export type RememberedSource = {
  messageId: string;
  role: RecordedMessage["role"];
  text: string | null;
  createdAt: string;
};

/** What is remembered of one conversation: a summary of what lies far back, exact values, and what was said last. */
export type Remembered = {
  conversationId: string;
  summary: string | null;
  values: RememberedValue[];
  /** What its graph holds, where one was grown. */
  edges: RememberedEdge[];
  /** How many messages the summary stands for, and how many are still known word for word. */
  summarised: number;
  wordForWord: number;
};

/**
 * What is remembered of the customer's conversations, their own values put back, for them alone. A conversation that is
 * somebody else's, or of which nothing is remembered, is left out.
 */
export async function listRemembered(
  customer: { id: string; keyEpoch: number },
  conversationIds: readonly string[],
  since: SinceOf,
): Promise<Remembered[]> {
  if (conversationIds.length === 0) {
    return [];
  }
  const found = await Promise.all(conversationIds.map((id) => findRemembered(customer, id, since)));
  return found.filter((one) => one !== null);
}

async function findRemembered(
  customer: { id: string; keyEpoch: number },
  conversationId: string,
  since: SinceOf,
): Promise<Remembered | null> {
  const key = await keyOf(customer);
  const found = await findHead(conversationId, key);
  if (!found) {
    return null;
  }
  const { head, lastSeq } = found;
  const read = (seq: number) => since(conversationId, customer, seq, { limit: 1000 });
  const messages = (await pageThrough(read, 0, lastSeq)).filter(isSaid);
  if (messages.length === 0 && !head.summary && head.ledger.length === 0) {
    return null;
  }
  const { edges } = await findGraph(conversationId, key);
  const tail = messages.filter(({ seq }) => seq > head.coveredThrough);
  const items = mergeLedger(head.ledger, findExactValues(tail), policy.ledgerItemsMax);
  const show = await restoring(key, [
    ...(head.summary ? [head.summary] : []),
    ...items.map(({ value }) => value),
    ...messages.map(({ text }) => text),
    ...textsOf(edges),
  ]);
  return {
    conversationId,
    summary: head.summary && show(head.summary),
    values: items.map((item) => ({
      kind: item.kind,
      stored: item.value,
      value: show(item.value),
      sources: messages
        .filter((message) => holds(message, item))
        .map(({ id, role, text, createdAt }) => ({
          messageId: id,
          role,
          text: role === "tool" ? null : show(text),
          createdAt,
        })),
    })),
    edges: listEdges(edges, messages, show),
    summarised: head.summary ? spoken(messages) - spoken(tail) : 0,
    wordForWord: spoken(tail),
  };
}

function holds(message: RecordedMessage, item: LedgerItem): boolean {
  return (
    mentions(message.text, item) ||
    findExactValues([message]).some((each) => isSameValue(each, item))
  );
}

/** Puts values back into all texts with one look into the vault. */
async function restoring(key: SubjectKey, texts: RedactedText[]) {
  const restored = await restoreAll(key, texts);
  const shown = new Map(texts.map((text, at) => [text, restored[at]]));
  return (text: RedactedText): string => shown.get(text) ?? text;
}

function isSaid({ role }: RecordedMessage): boolean {
  return role !== "boundary" && role !== "event";
}

function spoken(messages: readonly RecordedMessage[]): number {
  return messages.filter(({ role }) => role !== "tool").length;
}
