import type { SubjectKey } from "@/lib/privacy/schema";
import { db, transact } from "@/lib/storage";
import { pageThrough } from "./page-through";
import type {
  Append,
  AppendAnswer,
  FoldAnswer,
  FoldWrite,
  Loaded,
  MemoryPort,
  SaveAnswer,
} from "./port";
import type { MemoryHead, MemoryStamp, MemoryState, RecordedMessage, SinceOf } from "./schema";
import { lastChange } from "./state";
import { findHead, insertHead, sealHead, writeHead } from "./store";

const LIST_PAGE = 500;

/**
 * The authority, and the fallback when Redis is gone: a view of the record's messages and the `Memory` row, never a
 * second copy. What it is given to append is in the record already.
 */
export class PostgresMemory implements MemoryPort {
  readonly name = "postgresql";
  private readonly since: SinceOf;

  constructor(since: SinceOf) {
    this.since = since;
  }

  async load(
    conversationId: string,
    owner: SubjectKey,
    options: { known?: MemoryStamp | undefined; expect?: MemoryStamp | undefined } = {},
  ): Promise<Loaded> {
    const found = await findHead(conversationId, owner);
    if (!found) {
      return { kind: "miss" };
    }
    const { version, head } = found;
    // A turn that runs has its answer's seq reserved: only what was there at its claim is complete.
    const lastSeq = options.expect?.lastSeq ?? found.lastSeq;
    const { known } = options;
    const isKnown = known?.version === version && known.lastSeq <= lastSeq;
    if (isKnown && known.lastSeq === lastSeq) {
      return { kind: "unchanged" };
    }
    const from = isKnown ? known.lastSeq : head.coveredThrough;
    const messages = await pageThrough(this.reader(conversationId, owner), from, lastSeq);
    return isKnown
      ? { kind: "difference", lastSeq, messages }
      : { kind: "state", state: stateOf(head, { version, lastSeq }, messages) };
  }

  async append(conversationId: string, owner: SubjectKey, append: Append): Promise<AppendAnswer> {
    const found = await findHead(conversationId, owner);
    if (!found) {
      return "gone";
    }
    return found.lastSeq >= append.through ? "already" : "behind";
  }

  /** Stores what was folded; the tail is the record's. */
  save(conversationId: string, owner: SubjectKey, state: MemoryState): Promise<SaveAnswer> {
    const { tail: _tail, lastSeq, version, ...head } = state;
    const sealed = sealHead(conversationId, owner, head);
    return transact(async (tx) => {
      const found = await findHead(conversationId, owner, tx);
      if (!found) {
        return "gone";
      }
      if (found.version > version || (found.version === version && found.lastSeq > lastSeq)) {
        return "older";
      }
      await insertHead(conversationId, owner.ownerId, tx);
      const written = await writeHead(
        { conversationId, owner, from: found.version, to: version, sealed },
        tx,
      );
      return written ? "saved" : "older";
    });
  }

  /** Where a fold is decided: one statement that names the version it replaces. */
  async fold(conversationId: string, owner: SubjectKey, fold: FoldWrite): Promise<FoldAnswer> {
    const { from, ...head } = fold;
    const sealed = sealHead(conversationId, owner, head);
    const write = { conversationId, owner, from, to: from + 1, sealed };
    // All but the first fold find the row there.
    if (await writeHead(write)) {
      return "folded";
    }
    return await transact(async (tx) => {
      await insertHead(conversationId, owner.ownerId, tx);
      if (await writeHead(write, tx)) {
        return "folded";
      }
      return (await findHead(conversationId, owner, tx)) ? "lost" : "gone";
    });
  }

  /** Forgets what was folded; the version rises, so that every copy of it is out of date. */
  async delete(conversationId: string): Promise<void> {
    await db().$executeRaw`
      UPDATE "Memory" SET version = version + 1, covered_through = 0, summary_sealed = NULL, summary_tokens = 0,
        ledger_sealed = NULL, metadata_sealed = NULL, graph_sealed = NULL, graph_through = 0,
        graph_version = graph_version + 1, updated_at = now()
      WHERE conversation_id = ${conversationId}::uuid`;
  }

  async exists(conversationId: string): Promise<boolean> {
    const row = await db().memory.findUnique({
      where: { conversationId },
      select: { conversationId: true },
    });
    return row !== null;
  }

  async *listKeys(): AsyncIterable<string> {
    let after = "00000000-0000-0000-0000-000000000000";
    for (;;) {
      const rows = await db().memory.findMany({
        where: { conversationId: { gt: after } },
        select: { conversationId: true },
        orderBy: { conversationId: "asc" },
        take: LIST_PAGE,
      });
      yield* rows.map((row) => row.conversationId);
      const last = rows.at(-1);
      if (!last || rows.length < LIST_PAGE) {
        return;
      }
      after = last.conversationId;
    }
  }

  private reader(conversationId: string, owner: SubjectKey) {
    const customer = { id: owner.ownerId, keyEpoch: owner.epoch };
    return (seq: number) => this.since(conversationId, customer, seq, { limit: 1000 });
  }
}

function stateOf(head: MemoryHead, stamp: MemoryStamp, tail: RecordedMessage[]): MemoryState {
  return { ...head, ...stamp, updatedAt: lastChange(head.updatedAt, tail), tail };
}
