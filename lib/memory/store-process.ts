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
import type { MemoryStamp, MemoryState } from "./schema";
import { appendTo, foldInto, isOlder } from "./state";

type Entry = { ownerId: string; epoch: number; state: MemoryState; untilMs: number };

/**
 * Conversations kept open in this process, to save decryption. Never believed by itself: whoever reads it compares the
 * stamp with PostgreSQL's. Expired entries leave first, then the least recently used.
 */
export class ProcessMemory implements MemoryPort {
  readonly name = "process";
  private readonly entries = new Map<string, Entry>();
  private readonly limits: { conversationsMax: number; seconds: number };
  private readonly nowMs: () => number;

  constructor(
    limits: { conversationsMax: number; seconds: number },
    nowMs: () => number = () => performance.now(),
  ) {
    this.limits = limits;
    this.nowMs = nowMs;
  }

  get size(): number {
    return this.entries.size;
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
    for (const [id, entry] of this.entries) {
      if (entry.untilMs <= this.nowMs()) {
        this.entries.delete(id);
      }
    }
    for (const id of this.entries.keys()) {
      if (this.entries.size <= this.limits.conversationsMax) {
        return;
      }
      this.entries.delete(id);
    }
  }
}
