import type { SubjectKey } from "@/lib/privacy/schema";
import type { MemoryHead, MemoryStamp, MemoryState, RecordedMessage } from "./schema";

/** What a load answers. `unchanged` and `difference` only when the caller said what it knows. */
export type Loaded =
  | { kind: "miss" }
  | { kind: "unchanged" }
  | { kind: "difference"; lastSeq: number; messages: RecordedMessage[] }
  | { kind: "state"; state: MemoryState };

/** A fold that is to take the place of version `from`. */
export type FoldWrite = MemoryHead & { from: number };

/**
 * All messages with `after` < seq ≤ `through`, oldest first. Seqs have legal gaps (notes, forgotten messages), so the
 * range is said and not read from the messages.
 */
export type Append = { after: number; through: number; messages: RecordedMessage[] };

/** `behind`: something between is missing, so the next load catches up from the record. */
export type AppendAnswer = "appended" | "already" | "behind" | "gone";
export type SaveAnswer = "saved" | "older" | "gone";
export type FoldAnswer = "folded" | "lost" | "gone";

/**
 * Where the memory of conversations is kept. Every write only moves forward: an older one is refused, the same one
 * twice changes nothing, so retries and late writers are harmless. The owner's key is part of every call that reads
 * or writes text.
 */
export interface MemoryPort {
  readonly name: "redis" | "postgresql" | "process";
  load(
    conversationId: string,
    owner: SubjectKey,
    options?: { known?: MemoryStamp | undefined; expect?: MemoryStamp | undefined },
  ): Promise<Loaded>;
  append(
    conversationId: string,
    owner: SubjectKey,
    append: Append,
    options?: { ttlHours?: number | undefined },
  ): Promise<AppendAnswer>;
  /** Writes a whole state (bulk load, rebuild), unless what is there is newer. */
  save(
    conversationId: string,
    owner: SubjectKey,
    state: MemoryState,
    options?: { ttlHours?: number | undefined },
  ): Promise<SaveAnswer>;
  /** Puts a fold in the place of version `from`; anything but exactly that version has lost. */
  fold(conversationId: string, owner: SubjectKey, fold: FoldWrite): Promise<FoldAnswer>;
  delete(conversationId: string): Promise<void>;
  exists(conversationId: string): Promise<boolean>;
  /** The conversations kept here, a page at a time; never by KEYS. */
  listKeys(): AsyncIterable<string>;
}
