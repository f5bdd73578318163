import type { SubjectKey } from "@/lib/privacy/schema";
import { pageThrough } from "./page-through";
import { RecallIndex } from "./recall-index";
import type { MemoryState, Recall, Since } from "./schema";
import { listForgottenSeqs } from "./store-recall";

type Entry = {
  ownerId: string;
  epoch: number;
  version: number;
  through: number;
  index: RecallIndex;
  untilMs: number;
  /** The catching up that is under way: two at once would index the same messages twice. */
  ready: Promise<boolean>;
};

type Limits = {
  conversationsMax: number;
  messagesMax: number;
  seconds: number;
  assistantWeight: number;
};
type Wanted = { owner: SubjectKey; state: Pick<MemoryState, "version" | "coveredThrough"> };

/**
 * The indexes of hot conversations. They hold text in the clear and are kept nowhere but here.
 *
 * None is believed by itself: whoever opens one brings the state that PostgreSQL's stamp vouches for, and the key of
 * the owner's present epoch. Another owner or epoch begins anew; another version asks which messages were forgotten;
 * a fold is caught up by seq. Expired entries leave first, then the least recently used.
 */
export class RecallShelf {
  private readonly entries = new Map<string, Entry>();
  private readonly limits: Limits;
  private readonly nowMs: () => number;

  constructor(limits: Limits, nowMs: () => number = () => performance.now()) {
    this.limits = limits;
    this.nowMs = nowMs;
  }

  get size(): number {
    return this.entries.size;
  }

  /** How to search what was folded away; null when nothing was, or it may not be read any more. */
  async open(conversationId: string, wanted: Wanted, read: Since): Promise<Recall | null> {
    const entry = this.take(conversationId, wanted);
    entry.ready = entry.ready.then(() => catchUp(conversationId, entry, wanted, read));
    try {
      if (await entry.ready) {
        this.evict();
        return (question) => entry.index.search(question);
      }
      this.remove(conversationId, entry);
      return null;
    } catch (error) {
      this.remove(conversationId, entry);
      throw error;
    }
  }

  drop(conversationId: string): void {
    this.entries.delete(conversationId);
  }

  /** Closes all conversations of an owner who is no longer to be read. */
  dropOwner(ownerId: string): void {
    for (const [id, entry] of this.entries) {
      if (entry.ownerId === ownerId) {
        this.entries.delete(id);
      }
    }
  }

  private take(conversationId: string, { owner, state }: Wanted): Entry {
    const held = this.entries.get(conversationId);
    this.entries.delete(conversationId);
    const isOurs =
      held &&
      held.ownerId === owner.ownerId &&
      held.epoch === owner.epoch &&
      held.untilMs > this.nowMs() &&
      // Behind what is indexed: reset by forgetting, or restored to an earlier day.
      held.version <= state.version &&
      held.through <= state.coveredThrough;
    const entry = isOurs ? held : this.empty(owner, state.version);
    entry.untilMs = this.nowMs() + this.limits.seconds * 1000;
    this.entries.set(conversationId, entry);
    return entry;
  }

  private empty({ ownerId, epoch }: SubjectKey, version: number): Entry {
    const { assistantWeight } = this.limits;
    return {
      ownerId,
      epoch,
      version,
      through: 0,
      index: new RecallIndex({ assistantWeight }),
      untilMs: 0,
      ready: Promise.resolve(true),
    };
  }

  /** Only this very entry: another may have been begun in its place. */
  private remove(conversationId: string, entry: Entry): void {
    if (this.entries.get(conversationId) === entry) {
      this.entries.delete(conversationId);
    }
  }

  private evict(): void {
    const now = this.nowMs();
    let messages = 0;
    for (const [id, entry] of this.entries) {
      if (entry.untilMs <= now) {
        this.entries.delete(id);
      } else {
        messages += entry.index.size;
      }
    }
    const { conversationsMax, messagesMax } = this.limits;
    for (const [id, entry] of this.entries) {
      // The one that was opened last stays, however large.
      if (
        this.entries.size <= 1 ||
        (this.entries.size <= conversationsMax && messages <= messagesMax)
      ) {
        return;
      }
      messages -= entry.index.size;
      this.entries.delete(id);
    }
  }
}

/** Brings an entry to the state's version and cover; false when the conversation may not be read under this key. */
async function catchUp(
  conversationId: string,
  entry: Entry,
  { owner, state: { version, coveredThrough } }: Wanted,
  read: Since,
): Promise<boolean> {
  if (entry.version !== version && entry.through > 0) {
    const forgotten = await listForgottenSeqs(conversationId, owner, entry.through);
    if (!forgotten) {
      return false;
    }
    if (forgotten.some((seq) => entry.index.has(seq))) {
      entry.index = entry.index.emptied();
      entry.through = 0;
    }
  }
  if (entry.through < coveredThrough) {
    entry.index.add(await pageThrough(read, entry.through, coveredThrough));
    entry.through = coveredThrough;
  }
  entry.version = Math.max(entry.version, version);
  return entry.index.size > 0;
}
