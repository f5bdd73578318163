import type { SubjectKey } from "@/lib/privacy/schema";
import type {
  Append,
  AppendAnswer,
  FoldAnswer,
  FoldWrite,
  Loaded,
  MemoryPort,
  SaveAnswer,
} from "./port";
import type { ManagerStats, MemoryStamp, MemoryState } from "./schema";
import { appendTo, foldInto, isOlder } from "./state";

type Entry = { ownerId: string; epoch: number; state: MemoryState; untilMs: number };

/**
 * Conversations kept open in this process, to save decryption. Never believed by itself: whoever reads it compares the
 * stamp with PostgreSQL's. Expired entries leave first, then the least recently used; one that a turn or a fold works
 * on stays, even if the limit is passed for that long.
 */
export class ProcessMemory implements MemoryPort {
  readonly name = "process";
  private readonly entries = new Map<string, Entry>();
  private readonly locks = new Map<string, number>();
  private readonly limits: { conversationsMax: number; seconds: number };
  private readonly nowMs: () => number;

  constructor(
    limits: { conversationsMax: number; seconds: number },
    nowMs: () => number = () => performance.now(),
  ) {
    this.limits = limits;
    this.nowMs = nowMs;
  }

  /** Entries that are not expired, conversations in use, the limit, and the share of it that is taken; of one owner, or of all. */
  stats(ownerId?: string): ManagerStats {
    const now = this.nowMs();
    const isTheirs = (entry: Entry) => ownerId === undefined || entry.ownerId === ownerId;
    const theirs = [...this.entries].filter(([, entry]) => isTheirs(entry));
    const activeMemories = theirs.filter(([, { untilMs }]) => untilMs > now).length;
    const maxCapacity = this.limits.conversationsMax;
    return {
      activeMemories,
      // Whose a conversation is that is in use and not held is not known here.
      totalLocks:
        ownerId === undefined
          ? this.locks.size
          : theirs.filter(([id]) => this.locks.has(id)).length,
      maxCapacity,
      utilization: activeMemories / maxCapacity,
    };
  }

  /** Keeps a conversation from being evicted until the answer is called; several may hold it. */
  hold(conversationId: string): () => void {
    this.locks.set(conversationId, (this.locks.get(conversationId) ?? 0) + 1);
    let isHeld = true;
    return () => {
      if (isHeld) {
        isHeld = false;
        this.release(conversationId);
      }
    };
  }

  async load(
    conversationId: string,
    owner: SubjectKey,
    options: { known?: MemoryStamp | undefined } = {},
  ): Promise<Loaded> {
    const state = this.peek(conversationId, owner);
    if (!state) {
      return { kind: "miss" };
    }
    const { known } = options;
    if (known?.version !== state.version || known.lastSeq > state.lastSeq) {
      return { kind: "state", state };
    }
    if (known.lastSeq === state.lastSeq) {
      return { kind: "unchanged" };
    }
    const messages = state.tail.filter(({ seq }) => seq > known.lastSeq);
    return { kind: "difference", lastSeq: state.lastSeq, messages };
  }

  async append(
    conversationId: string,
    owner: SubjectKey,
    append: Append,
    options: { ttlHours?: number | undefined } = {},
  ): Promise<AppendAnswer> {
    const state = this.peek(conversationId, owner);
    const next = state ? appendTo(state, append) : "behind";
    if (typeof next === "string") {
      return next;
    }
    this.put(conversationId, owner, next, options.ttlHours);
    return "appended";
  }

  async save(
    conversationId: string,
    owner: SubjectKey,
    state: MemoryState,
    options: { ttlHours?: number | undefined } = {},
  ): Promise<SaveAnswer> {
    const held = this.peek(conversationId, owner);
    if (held && isOlder(state, held)) {
      return "older";
    }
    this.put(conversationId, owner, state, options.ttlHours);
    return "saved";
  }

  async fold(conversationId: string, owner: SubjectKey, fold: FoldWrite): Promise<FoldAnswer> {
    const state = this.peek(conversationId, owner);
    if (state?.version !== fold.from) {
      return "lost";
    }
    this.put(conversationId, owner, foldInto(state, fold));
    return "folded";
  }

  async delete(conversationId: string): Promise<void> {
    this.entries.delete(conversationId);
  }

  async exists(conversationId: string): Promise<boolean> {
    const entry = this.entries.get(conversationId);
    return entry !== undefined && entry.untilMs > this.nowMs();
  }

  async *listKeys(): AsyncIterable<string> {
    yield* [...this.entries.keys()];
  }

  /** Closes all conversations of an owner who is no longer to be read. */
  forgetOwner(ownerId: string): void {
    for (const [id, entry] of this.entries) {
      if (entry.ownerId === ownerId) {
        this.entries.delete(id);
      }
    }
  }

  /** The state under this owner and key, touched; whatever is expired or somebody else's is not there. */
  private peek(conversationId: string, owner: SubjectKey): MemoryState | null {
    const entry = this.entries.get(conversationId);
    if (!entry || entry.ownerId !== owner.ownerId || entry.epoch !== owner.epoch) {
      return null;
    }
    this.entries.delete(conversationId);
    if (entry.untilMs <= this.nowMs()) {
      return null;
    }
    this.entries.set(conversationId, entry);
    return entry.state;
  }

  private put(
    conversationId: string,
    owner: SubjectKey,
    state: MemoryState,
    ttlHours?: number,
  ): void {
    const seconds = ttlHours ? ttlHours * 3600 : this.limits.seconds;
    this.entries.delete(conversationId);
    this.entries.set(conversationId, {
      ownerId: owner.ownerId,
      epoch: owner.epoch,
      state,
      untilMs: this.nowMs() + Math.min(seconds, this.limits.seconds) * 1000,
    });
    this.evict();
  }

  private evict(): void {
    if (this.entries.size <= this.limits.conversationsMax) {
      return;
    }
    const free = [...this.entries].filter(([id]) => !this.locks.has(id));
    const now = this.nowMs();
    const expired = free.filter(([, { untilMs }]) => untilMs <= now);
    const leastUsed = free.filter(([, { untilMs }]) => untilMs > now);
    for (const [id] of expired) {
      this.entries.delete(id);
    }
    const over = Math.max(0, this.entries.size - this.limits.conversationsMax);
    for (const [id] of leastUsed.slice(0, over)) {
      this.entries.delete(id);
    }
  }

  private release(conversationId: string): void {
    const others = (this.locks.get(conversationId) ?? 1) - 1;
    if (others > 0) {
      this.locks.set(conversationId, others);
      return;
    }
    this.locks.delete(conversationId);
    this.evict();
  }
}
