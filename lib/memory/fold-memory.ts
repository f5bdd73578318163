import { newId } from "@/lib/id";
import { keyOf } from "@/lib/privacy";
import type { SubjectKey } from "@/lib/privacy/schema";
import { type FoldFailure, foldSegment, type SegmentFigures } from "./fold";
import { findFoldCut } from "./fold-marks";
import { holdMemory } from "./hold";
import { keepMetric } from "./metrics";
import { pageThrough } from "./page-through";
import type { FoldWrite, MemoryPort } from "./port";
import { quietly } from "./prepare";
import { strategyOf } from "./rules";
import type { MemoryHead, RecordedMessage, SinceOf, Summarizer } from "./schema";
import { findHead, findOwner, insertFold } from "./store";

export type FoldDeps = { summarize: Summarizer; since: SinceOf };
/** How many segments were folded, and why it ended before the low-water mark, if it did. */
export type FoldResult = { folds: number; failure: FoldFailure | "lost" | "inactive" | null };

type Copies = { authority: Pick<MemoryPort, "fold">; copies: readonly MemoryPort[] };
/** Where a fold begins: what PostgreSQL has, and the raw messages after it. */
export type FoldStart = {
  owner: SubjectKey;
  head: MemoryHead;
  version: number;
  tail: RecordedMessage[];
};
type Keep = typeof keep;

/**
 * Folds a conversation's tail down to its low-water mark, segment by segment, behind the answers.
 *
 * PostgreSQL decides: a fold that finds another version has lost and changes nothing. A failing, empty or hanging
 * summariser changes nothing either. Every segment is complete by itself, so a killed run goes on where it stood.
 */
export async function fold(
  conversationId: string,
  deps: FoldDeps,
  stores: Copies,
): Promise<FoldResult> {
  const release = holdMemory(conversationId);
  try {
    return await foldHeld(conversationId, deps, stores);
  } finally {
    release();
  }
}

async function foldHeld(
  conversationId: string,
  { summarize, since }: FoldDeps,
  { authority, copies }: Copies,
): Promise<FoldResult> {
  const start = await open(conversationId, since);
  return start
    ? await foldDown(conversationId, start, { summarize, authority, copies, keep })
    : { folds: 0, failure: "inactive" };
}

/** The same from a given start. */
export async function foldDown(
  conversationId: string,
  { owner, ...start }: FoldStart,
  { summarize, authority, copies, keep }: Copies & { summarize: Summarizer; keep: Keep },
): Promise<FoldResult> {
  let { head, version, tail } = start;
  let folds = 0;
  for (let cut = findFoldCut(tail, strategyOf(head)); cut > 0; folds += 1) {
    const startedMs = performance.now();
    const segment = await foldSegment(head, version, { tail, cut }, summarize);
    if (typeof segment === "string") {
      await keep(conversationId, startedMs, nothing(head, tail), segment);
      return { folds, failure: segment };
    }
    const answer = await authority.fold(conversationId, owner, segment.write);
    if (answer !== "folded") {
      return { folds, failure: answer === "gone" ? "inactive" : "lost" };
    }
    await foldCopies(conversationId, owner, segment.write, copies);
    await keep(conversationId, startedMs, segment.figures, null);
    version += 1;
    cut -= segment.figures.messagesFolded;
    head = withoutFrom(segment.write);
    tail = segment.rest;
  }
  return { folds, failure: null };
}

async function open(conversationId: string, since: SinceOf): Promise<FoldStart | null> {
  const customer = await findOwner(conversationId);
  // Nothing is kept of one who has switched memory off.
  if (customer?.state !== "active" || !customer.memoryOn) {
    return null;
  }
  const owner = await keyOf(customer);
  const found = await findHead(conversationId, owner);
  if (!found) {
    return null;
  }
  const { head, version, lastSeq } = found;
  const read = (seq: number) => since(conversationId, customer, seq, { limit: 1000 });
  const tail = await pageThrough(read, head.coveredThrough, lastSeq);
  return { owner, head, version, tail };
}

function withoutFrom({ from: _from, ...head }: FoldWrite): MemoryHead {
  return head;
}

async function foldCopies(
  conversationId: string,
  owner: SubjectKey,
  write: FoldWrite,
  copies: readonly MemoryPort[],
): Promise<void> {
  for (const copy of copies) {
    await quietly(conversationId, () => copy.fold(conversationId, owner, write));
  }
}

function nothing(head: MemoryHead, tail: readonly RecordedMessage[]): SegmentFigures {
  const tokens = head.summaryTokens + tail.reduce((sum, message) => sum + message.tokens, 0);
  return { tokensBefore: tokens, tokensAfter: tokens, messagesFolded: 0 };
}

async function keep(
  conversationId: string,
  startedMs: number,
  figures: SegmentFigures,
  failure: string | null,
): Promise<void> {
  const durationMs = performance.now() - startedMs;
  keepMetric({
    timestamp: new Date().toISOString(),
    conversationId,
    tokenCount: figures.tokensAfter,
    processingTimeMs: durationMs,
    memoryType: "fold",
    cacheHit: false,
    error: failure,
  });
  await insertFold({
    id: newId(),
    conversationId,
    durationMs: Math.round(durationMs),
    failure,
    ...figures,
  });
}
