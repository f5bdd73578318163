import { RecordedConversationMemory } from "./recorded-conversation-memory";
import type { Before } from "./schema";
import { emptyState } from "./state";

/**
 * What is shown of a conversation whose customer has switched memory off: its newest messages, as the record has them.
 * No memory is read and none is kept, neither in a store nor in this process.
 */
export async function recentMessages({
  before,
  lastSeq,
}: {
  before: Before;
  lastSeq: number;
}): Promise<RecordedConversationMemory> {
  const tail = (await before(lastSeq + 1)).toReversed();
  return new RecordedConversationMemory({
    ...emptyState(new Date()),
    lastSeq,
    tail,
    strategy: "buffer",
  });
}
