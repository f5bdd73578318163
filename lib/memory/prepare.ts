import { log } from "@/lib/observability";
import type { SubjectKey } from "@/lib/privacy/schema";
import { keepMetric } from "./metrics";
import { pageThrough } from "./page-through";
import { policy } from "./policy";
import type { Loaded, MemoryPort } from "./port";
import { RecordedConversationMemory } from "./recorded-conversation-memory";
import type { MemoryStamp, MemoryState, Since } from "./schema";
import { appendTo } from "./state";

export type Prepare = {
  conversationId: string;
  key: SubjectKey;
  /** PostgreSQL's stamp, as the statement that claimed the turn returned it. */
  expect: MemoryStamp;
  since: Since;
  /** Whether a question may bring back what was folded away. */
  recall?: boolean;
  /**
   * Where the newest message is still on its way into the record: when it stands there. Before that nothing is rebuilt,
   * and no copy is written that would be ahead of a record without it.
   */
  recorded?: Promise<unknown> | undefined;
};

export type Ports = {
  redis: MemoryPort;
  process: MemoryPort;
  record: (since: Since) => MemoryPort;
};

/**
 * The memory of a conversation as of the claim of a turn.
 *
 * What this process holds, else one round trip to Redis, compared with PostgreSQL's stamp: a copy that is behind is
 * caught up by seq from the record; one of another version, or ahead, is rebuilt; without Redis the record answers
 * alone. Nothing that the copy lost, kept too long or made up reaches the prompt.
 */
export async function prepare(input: Prepare, ports: Ports): Promise<RecordedConversationMemory> {
  const startedMs = performance.now();
  try {
    return await prepareFrom(startedMs, input, ports);
  } catch (error) {
    keepMetric({
      timestamp: new Date().toISOString(),
      conversationId: input.conversationId,
      tokenCount: 0,
      processingTimeMs: performance.now() - startedMs,
      memoryType: policy.strategy,
      cacheHit: false,
      error: error instanceof Error ? error.name : "unknown",
    });
    throw error;
  }
}

async function prepareFrom(
  startedMs: number,
  input: Prepare,
  ports: Ports,
): Promise<RecordedConversationMemory> {
  const copy = await readCopy(input, ports);
  const fresh = copy.state ? await catchUp(input, copy.state, ports) : null;
  const { state, isComplete } = fresh ?? (await rebuild(input, ports, copy));
  if (isComplete) {
    await onceRecorded(input, () => ports.process.save(input.conversationId, input.key, state));
  }
  const memory = new RecordedConversationMemory(state);
  keepMetric({
    timestamp: new Date().toISOString(),
    conversationId: input.conversationId,
    tokenCount: memory.tokens,
    processingTimeMs: performance.now() - startedMs,
    memoryType: memory.strategy,
    cacheHit: fresh !== null,
    error: copy.error,
  });
  warnWhenLarge(input.conversationId, state);
  return memory;
}

type Copy = { state: MemoryState | null; answered: boolean; error: string | null };

async function readCopy({ conversationId, key, expect }: Prepare, ports: Ports): Promise<Copy> {
  const held = await ports.process.load(conversationId, key);
  const known = held.kind === "state" ? held.state : null;
  if (known?.version === expect.version && known.lastSeq <= expect.lastSeq) {
    // As true as Redis's: PostgreSQL's stamp has just said so, and the record has what came after it.
    return { state: known, answered: true, error: null };
  }
  try {
    const loaded = await ports.redis.load(conversationId, key, {
      known: known ? { version: known.version, lastSeq: known.lastSeq } : undefined,
    });
    return { state: joinKnown(known, loaded), answered: true, error: null };
  } catch (error) {
    const name = error instanceof Error ? error.name : "unknown";
    if (name === "RedisGone") {
      // What this process holds is as good: PostgreSQL's stamp decides whether it is still true.
      return { state: known, answered: false, error: null };
    }
    // Corrupted, foreign, or sealed under another key: a miss. Its content is never logged.
    log.warn({ event: "memory_copy_unreadable", conversationId, reason: name });
    return { state: null, answered: true, error: name };
  }
}

function joinKnown(known: MemoryState | null, loaded: Loaded): MemoryState | null {
  switch (loaded.kind) {
    case "state":
      return loaded.state;
    case "unchanged":
      return known;
    case "difference": {
      const { lastSeq: through, messages } = loaded;
      const joined = known && appendTo(known, { after: known.lastSeq, through, messages });
      return joined && typeof joined !== "string" ? joined : null;
    }
    case "miss":
      return null;
  }
}

/**
 * A record that says nothing, or no more, may have been closed to us meanwhile: a copy is kept only when it was heard to
 * the last seq.
 */
type Prepared = { state: MemoryState; isComplete: boolean };

/** The copy with what the record has beyond it; null when it is not a copy of this version's past. */
async function catchUp(
  input: Prepare,
  copy: MemoryState,
  { redis }: Ports,
): Promise<Prepared | null> {
  const { conversationId, key, expect, since } = input;
  if (copy.version !== expect.version || copy.lastSeq > expect.lastSeq) {
    return null;
  }
  if (copy.lastSeq === expect.lastSeq) {
    return { state: copy, isComplete: true };
  }
  const after = copy.lastSeq;
  const through = expect.lastSeq;
  const missed = { after, through, messages: await pageThrough(since, after, through) };
  const caughtUp = appendTo(copy, missed);
  if (typeof caughtUp === "string") {
    return null;
  }
  const isComplete = holdsLast(caughtUp);
  if (isComplete) {
    // Nobody waits for it, and what comes after it comes over the same connection.
    void onceRecorded(input, () =>
      quietly(conversationId, () => redis.append(conversationId, key, missed)),
    );
  }
  return { state: caughtUp, isComplete };
}

async function rebuild(input: Prepare, ports: Ports, copy: Copy): Promise<Prepared> {
  const { conversationId, key, expect, since } = input;
  await input.recorded;
  const loaded = await ports.record(since).load(conversationId, key, { expect });
  if (loaded.kind !== "state") {
    throw new Error("A conversation whose turn was claimed has no record");
  }
  const { state } = loaded;
  const isComplete = holdsLast(state);
  await quietly(conversationId, async () => {
    // Neither would let itself be replaced by what seems older.
    if (copy.error || (copy.state && isOfAnother(copy.state, expect, state))) {
      await ports.redis.delete(conversationId);
    }
    if (copy.answered && isComplete) {
      await ports.redis.save(conversationId, key, state);
    }
  });
  // Also when it was not asked any more: it would refuse to be put back.
  await ports.process.delete(conversationId);
  return { state, isComplete };
}

/** Writes a copy: at once, or behind the record, for which nobody waits. */
async function onceRecorded({ recorded }: Prepare, write: () => Promise<unknown>): Promise<void> {
  if (recorded === undefined) {
    await write();
    return;
  }
  recorded.then(write).catch(() => undefined);
}

function holdsLast({ tail, lastSeq }: MemoryState): boolean {
  return tail.at(-1)?.seq === lastSeq;
}

/**
 * A copy ahead of the record, which is the authority: that was restored to an earlier day, and when it comes to the copy's
 * version again, that is another one.
 */
function isOfAnother(copy: MemoryStamp, claimed: MemoryStamp, record: MemoryStamp): boolean {
  return copy.lastSeq > claimed.lastSeq || copy.version > record.version;
}

/** Writing the copy is an optimisation: without it the next load catches up. */
export async function quietly(
  conversationId: string,
  write: () => Promise<unknown>,
): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (error) {
    const reason = error instanceof Error ? error.name : "unknown";
    log.warn({ event: "memory_copy_not_written", conversationId, reason });
    return false;
  }
}

function warnWhenLarge(conversationId: string, state: MemoryState): void {
  const chars = state.tail.reduce((sum, { text }) => sum + text.length, state.summary?.length ?? 0);
  if (chars > policy.warnAboveChars) {
    log.warn({ event: "memory_large", conversationId, chars });
  }
}
