import type { SubjectKey } from "@/lib/privacy/schema";
import type { SaveAnswer } from "./port";
import type { MemoryState, RecordedMessage } from "./schema";
import { isOlder } from "./state";

/** A conversation's memory on its way between backends. Times to live are null where the backend knows none. */
export type Carried = { state: MemoryState; ttlSeconds: number | null; remainingMs: number | null };

/** A backend as a migration sees it: reading one prolongs nobody's time to live. */
export interface MoveSide {
  readonly name: string;
  listKeys(): AsyncIterable<string>;
  exists(conversationId: string): Promise<boolean>;
  read(conversationId: string, owner: SubjectKey): Promise<Carried | null>;
  /** Writes it with what is left of its time to live; never over something newer. */
  write(conversationId: string, owner: SubjectKey, carried: Carried): Promise<SaveAnswer | "ahead">;
  close(): void;
}

/** Why one conversation was not moved: a few words, never any of its text. */
export class NotMoved extends Error {
  override readonly name = "NotMoved";
}

const TTL_TOLERANCE_MS = 30_000;

/** Moves one conversation and reads it back: everything that was there must be there now. Throws NotMoved. */
export async function moveMemory(
  conversationId: string,
  owner: SubjectKey,
  { from, to }: { from: MoveSide; to: MoveSide },
): Promise<void> {
  const carried = await from.read(conversationId, owner);
  if (!carried) {
    throw new NotMoved(`no whole memory in ${from.name}`);
  }
  const answer = await to.write(conversationId, owner, carried);
  if (answer === "gone") {
    throw new NotMoved("erased");
  }
  if (answer === "ahead") {
    throw new NotMoved("ahead of the record, which is the authority");
  }
  const arrived = await to.read(conversationId, owner);
  const difference = arrived ? differenceOf(carried, arrived, answer) : "nothing";
  if (difference !== null) {
    throw new NotMoved(`${to.name} gave back ${difference}`);
  }
}

/** What differs, in a word; null when nothing was lost. What was newer there already must hold all that came. */
function differenceOf(
  { state: sent, remainingMs }: Carried,
  { state: arrived, remainingMs: left }: Carried,
  answer: SaveAnswer,
): string | null {
  if (!holdsAll(arrived, sent.tail)) {
    return "other messages";
  }
  if (answer === "older") {
    return isOlder(arrived, sent) ? "an older version" : null;
  }
  if (left !== null && remainingMs !== null && left > remainingMs + TTL_TOLERANCE_MS) {
    return "another time to live";
  }
  // The record may have gone on since the copy was written.
  if (
    arrived.lastSeq < sent.lastSeq ||
    Date.parse(arrived.updatedAt) < Date.parse(sent.updatedAt)
  ) {
    return "an older state";
  }
  const differing = compared.find(
    (name) => JSON.stringify(sent[name]) !== JSON.stringify(arrived[name]),
  );
  return differing ? `another ${differing}` : null;
}

// Not the strategy: an admin's choice stands in PostgreSQL, which keeps its own.
const compared = [
  "version",
  "coveredThrough",
  "summary",
  "summaryTokens",
  "ledger",
  "metadata",
  "createdAt",
] as const;

function holdsAll(state: MemoryState, messages: readonly RecordedMessage[]): boolean {
  const held = new Map(state.tail.map((message) => [message.seq, message]));
  return messages.every((message) => {
    const same = held.get(message.seq);
    return (
      message.seq <= state.coveredThrough ||
      (same?.id === message.id && same.text === message.text && same.role === message.role)
    );
  });
}
