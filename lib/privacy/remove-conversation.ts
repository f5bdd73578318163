import type { Tx } from "@/lib/storage/schema";
import { audit } from "./audit";
import { appendEntry } from "./enter-ledger";
import { conversationOf } from "./ledger";
import type { ConversationParts } from "./schema";
import type { RemovalReason } from "./schema-ledger";
import { inTransaction } from "./store-erase";
import { dropExports, removeExports } from "./store-export";
import { withLedger } from "./store-ledger";
import {
  clearConversationSoon,
  countParts,
  deleteConversation,
  type HeldConversation,
  isHeldSince,
  lockForRemoval,
} from "./store-remove";

export type Removal = {
  conversationId: string;
  reason: RemovalReason;
  /** Who did it, for the audit log: a staff id, "customer" or "system". */
  actor: string;
  /** Only where it is this customer's. */
  customerId?: string;
  /** Asked under the conversation's lock; false leaves everything as it is. */
  onlyIf?: (held: HeldConversation, tx: Tx) => boolean | Promise<boolean>;
  /** Sends the job that calls `afterRemoval`, in the transaction of the removal. */
  enqueue?: (tx: Tx, removed: Removed) => Promise<void>;
};

/** What was removed. */
export type Removed = { conversationId: string; customerId: string };

/** How much would go with a conversation; null when it is absent or not this customer's. Changes nothing. */
export async function previewRemoval(
  conversationId: string,
  customerId?: string,
): Promise<ConversationParts | null> {
  return await countParts(conversationId, customerId ?? null);
}

/**
 * Removes one whole conversation while its customer stays: record, turns, memory in every copy, summaries in all
 * versions, facts that came from it, search words, event log, jobs, and, where the customer asked for it, exports in which
 * it stands. One transaction, with the audit entry and a line in
 * the ledger outside the database, so that no older copy of the database brings it back: whatever is killed half-way,
 * the next replay ends it. Null, and nothing is done, where it is absent, not the named customer's, or `onlyIf` says no.
 *
 * Copies in Redis go after the commit. Without Redis they are unread from then on (PostgreSQL is asked first) until the
 * job clears them or they expire.
 */
export async function removeConversation(removal: Removal): Promise<Removed | null> {
  const held = await withLedger(async (tx) => {
    const found = await remove(removal, tx);
    if (found) {
      const { conversationId, reason: why } = removal;
      const at = new Date().toISOString();
      await appendEntry({ at, conversation: conversationOf(conversationId), why }, tx);
    }
    return found;
  });
  return held && (await cleared(held));
}

/**
 * The same, for a line that is in the ledger already. What retention was about to remove and did not (it was killed
 * before its commit) may have lived on: where somebody wrote to it after the line, or it is held since, it stays.
 */
export async function removeAgain(
  conversationId: string,
  { why: reason, at }: { why: RemovalReason; at: string },
): Promise<Removed | null> {
  const onlyIf = async (found: HeldConversation, tx: Tx) =>
    reason !== "retention" ||
    (found.lastMessageAt <= new Date(at) && !(await isHeldSince(found, at, tx)));
  const again = { conversationId, reason, actor: "system", onlyIf };
  const held = await inTransaction((tx) => remove(again, tx));
  return held && (await cleared(held));
}

/** What was held, and the exports whose files are still to go. */
type Taken = HeldConversation & { exportIds: string[] };

async function remove(removal: Removal, tx: Tx): Promise<Taken | null> {
  const { conversationId, reason, actor } = removal;
  const held = await lockForRemoval(conversationId, removal.customerId ?? null, tx);
  if (!held || (removal.onlyIf && !(await removal.onlyIf(held, tx)))) {
    return null;
  }
  const { customerId } = held;
  await deleteConversation(held, { keepsFacts: reason === "retention" }, tx);
  const metadata = { conversationId, reason };
  await audit(tx, { actor, customerId, action: "conversation_deleted", metadata });
  const exportIds = reason === "customer_asked" ? await dropExports(customerId, tx) : [];
  await removal.enqueue?.(tx, { conversationId, customerId });
  return { ...held, exportIds };
}

/** Before every hold, as PostgreSQL has it. */
const EVER = "-infinity";

/** Whether a legal hold keeps a conversation from being removed, by itself or with all of its customer's. */
export async function isOnHold(held: HeldConversation, tx: Tx): Promise<boolean> {
  return await isHeldSince(held, EVER, tx);
}

async function cleared(held: Taken): Promise<Removed> {
  await clearConversationSoon(held);
  await removeExports(held.exportIds);
  const { conversationId, customerId } = held;
  return { conversationId, customerId };
}
