import type { Append, FoldWrite } from "./port";
import type { MemoryStamp, MemoryState, RecordedMessage } from "./schema";

/** A state that has seen nothing yet. */
export function emptyState(now: Date): MemoryState {
  return {
    version: 0,
    lastSeq: 0,
    coveredThrough: 0,
    summary: null,
    summaryTokens: 0,
    ledger: [],
    tail: [],
    metadata: null,
    strategy: null,
    createdAt: now.toISOString(),
    updatedAt: now.toISOString(),
  };
}

/** The state with what is new of an append, or why it cannot take it. */
export function appendTo(state: MemoryState, append: Append): MemoryState | "already" | "behind" {
  if (state.lastSeq >= append.through) {
    return "already";
  }
  if (state.lastSeq < append.after) {
    return "behind";
  }
  const fresh = append.messages.filter(({ seq }) => seq > state.lastSeq);
  return {
    ...state,
    lastSeq: append.through,
    tail: [...state.tail, ...fresh],
    updatedAt: lastChange(state.updatedAt, fresh),
  };
}

/** The state after a fold of exactly its version. */
export function foldInto(state: MemoryState, { from, ...head }: FoldWrite): MemoryState {
  return {
    ...head,
    version: from + 1,
    // What was folded need not have been seen here: the copy may have been behind.
    lastSeq: Math.max(state.lastSeq, head.coveredThrough),
    tail: state.tail.filter(({ seq }) => seq > head.coveredThrough),
  };
}

/** When a memory last changed: by its head, or by the newest message it holds. */
export function lastChange(headAt: string, tail: readonly RecordedMessage[]): string {
  const saidAt = tail.at(-1)?.createdAt;
  return saidAt && Date.parse(saidAt) > Date.parse(headAt) ? saidAt : headAt;
}

/** Whether a write under stamp `a` would put a state back behind stamp `b`. */
export function isOlder(a: MemoryStamp, b: MemoryStamp): boolean {
  return a.version < b.version || (a.version === b.version && a.lastSeq < b.lastSeq);
}
