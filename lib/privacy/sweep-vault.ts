import { sealedTexts } from "./collect";
import { keyOf } from "./keys";
import type { Removed } from "./remove-conversation";
import { placeholdersOf } from "./restore";
import { findReader } from "./store-export";
import { clearConversation } from "./store-remove";
import { walkRows } from "./store-rows";
import { deleteUnused, PLACEHOLDER_HOLDERS } from "./store-vault";

/** A value is kept a moment before the message that holds its placeholder is stored. */
const STORED_WITHIN_MS = 60_000;
/** When the job that clears up behind a removal runs: what was said last in the conversation is older than that by then. */
export const CLEAR_AFTER_SECONDS = 90;

/**
 * What is left to do behind the removal of a conversation: its copies in Redis once more, for a server that was silent
 * at the time, and the values that nothing else of the customer mentions any more. Safe to do twice.
 */
export async function afterRemoval(removed: Removed, now = new Date()): Promise<void> {
  await clearConversation(removed.conversationId);
  await sweepVault(removed.customerId, now);
}

/**
 * Removes the values behind placeholders that stand in nothing of the customer any more. Reads all that is left of them,
 * a page at a time; where anything does not open, nothing is removed. Answers how many went.
 */
export async function sweepVault(customerId: string, now = new Date()): Promise<number> {
  const reader = await findReader(customerId);
  if (!reader) {
    return 0;
  }
  const key = await keyOf(reader);
  const inUse = new Set<string>();
  for (const owned of PLACEHOLDER_HOLDERS) {
    for await (const rows of walkRows(owned, customerId)) {
      const texts = rows.flatMap((row) => sealedTexts(owned.table, row, key));
      for (const { name } of placeholdersOf(texts.join("\n"))) {
        inUse.add(name);
      }
    }
  }
  return await deleteUnused(customerId, inUse, new Date(now.getTime() - STORED_WITHIN_MS));
}
