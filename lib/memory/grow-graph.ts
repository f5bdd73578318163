import { keyOf } from "@/lib/privacy";
import { KnowledgeGraph } from "./knowledge-graph";
import { keepMetric } from "./metrics";
import { pageThrough } from "./page-through";
import { strategyOf } from "./rules";
import type { RecordedMessage, SinceOf, SummaryLine, TripleFinder } from "./schema";
import { stateInGraph } from "./state-in-graph";
import { findHead, findOwner } from "./store";
import { type FoundGraph, findGraph, writeGraph } from "./store-graph";

export type GraphDeps = { findTriples: TripleFinder; since: SinceOf };
/** How many messages were read, and why it ended before the newest, if it did. */
export type GraphResult = { read: number; failure: "finder_failed" | "lost" | "inactive" | null };

/** How many messages before a line tell what its words stand for. */
const BEFORE = 6;
/** After so many lines what was found is stored, so that a killed run goes on from there. */
const LINES_AT_ONCE = 10;

/**
 * Reads what the customer said since the last time into the conversation's graph, behind the answers; nothing where
 * another strategy is in force. A finder that fails changes nothing: the next run begins with the same line.
 */
export async function growGraph(
  conversationId: string,
  { findTriples, since }: GraphDeps,
): Promise<GraphResult> {
  const customer = await findOwner(conversationId);
  // Nothing is kept of one who has switched memory off.
  if (customer?.state !== "active" || !customer.memoryOn) {
    return { read: 0, failure: "inactive" };
  }
  const owner = await keyOf(customer);
  const found = await findHead(conversationId, owner);
  if (!found || strategyOf(found.head) !== "kg") {
    return { read: 0, failure: "inactive" };
  }
  let graph = await findGraph(conversationId, owner);
  const read = (seq: number) => since(conversationId, customer, seq, { limit: 1000 });
  const messages = await pageThrough(read, Math.max(0, graph.through - BEFORE), found.lastSeq);
  const first = messages.findIndex(({ seq }) => seq > graph.through);
  let at = first === -1 ? messages.length : first;
  while (at < messages.length) {
    const startedMs = performance.now();
    const { grown, next } = await readLines(graph, messages, at, findTriples);
    tell(conversationId, startedMs, next > at);
    if (next === at) {
      return { read: at - first, failure: "finder_failed" };
    }
    if (!(await writeGraph(conversationId, owner, grown))) {
      return { read: at - first, failure: "lost" };
    }
    graph = { ...grown, version: grown.version + 1 };
    at = next;
  }
  return { read: first === -1 ? 0 : at - first, failure: null };
}

/** The graph with the next lines in it, and the first message that is not. */
async function readLines(
  found: FoundGraph,
  messages: readonly RecordedMessage[],
  from: number,
  findTriples: TripleFinder,
): Promise<{ grown: FoundGraph; next: number }> {
  const graph = new KnowledgeGraph(found.edges);
  let next = from;
  for (const message of messages.slice(from, from + LINES_AT_ONCE)) {
    const before = messages.slice(Math.max(0, next - BEFORE), next).map(lineOf);
    const triples = await tryFind(findTriples, before, message);
    if (!triples) {
      break;
    }
    for (const triple of triples) {
      stateInGraph(graph, triple, { messageId: message.id, at: message.createdAt });
    }
    next += 1;
  }
  const through = messages[next - 1]?.seq ?? found.through;
  return { grown: { ...found, edges: graph.getHistory(), through }, next };
}

/** What a message states: only the customer's own are read. Null when the finder failed. */
async function tryFind(findTriples: TripleFinder, before: SummaryLine[], message: RecordedMessage) {
  if (message.role !== "customer") {
    return [];
  }
  try {
    return await findTriples(before, lineOf(message));
  } catch {
    return null;
  }
}

function lineOf({ speaker, text }: RecordedMessage): SummaryLine {
  return { speaker, text };
}

function tell(conversationId: string, startedMs: number, isRead: boolean): void {
  keepMetric({
    timestamp: new Date().toISOString(),
    conversationId,
    tokenCount: 0,
    processingTimeMs: performance.now() - startedMs,
    memoryType: "kg.read",
    cacheHit: false,
    error: isRead ? null : "finder_failed",
  });
}
