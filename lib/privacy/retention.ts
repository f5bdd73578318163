import { log } from "@/lib/observability";
import type { RetentionRules } from "@/lib/setting/schema";
import type { Tx } from "@/lib/storage/schema";
import { audit } from "./audit";
import { type Removed as RemovedConversation, removeConversation } from "./remove-conversation";
import { openRetentionErasure } from "./request-by-rule";
import { retentionDays } from "./retention-days";
import { daysInForce } from "./retention-rules";
import type { RetentionDay, RetentionDue } from "./schema-retention";
import { inTransaction } from "./store-erase";
import {
  type Cursor,
  countComing,
  countDue,
  deleteDueFacts,
  findDue,
  findDueGuests,
  isStillDue,
  tallyRemoved,
} from "./store-retention";

/** What retention would remove now, counted in the database; by these rules, or those that hold. Changes nothing. */
export async function previewRetention(rules?: RetentionRules): Promise<RetentionDue> {
  return await countDue(rules ? daysInForce(rules) : await retentionDays());
}

/** What falls due on each of so many coming days, by the rules that hold; days without anything are left out. */
export async function retentionCalendar(days: number): Promise<RetentionDay[]> {
  return await countComing(await retentionDays(), days);
}

export type Removed = { conversations: number; guests: number; facts: number };

type Run = {
  /** Sends the job that clears up behind a removed conversation, in the transaction of the removal. */
  clearLater: (tx: Tx, removed: RemovedConversation) => Promise<void>;
  /** Sends the job that carries out an erasure, in the transaction that opens its request. */
  sendErasure: (tx: Tx, requestId: string) => Promise<void>;
};

const PAGE = 50;
const FACTS = 500;
const GUESTS = 100;

/**
 * Removes what is kept no longer. Each conversation goes in a transaction of its own, under the lock of its row and with
 * its line in the ledger: one that is open, waits, is with a person, is answered at this moment, is held or is younger
 * than its rule is never touched. Guests of whom nothing else is left are erased by a request. A run that was killed
 * anywhere has left whole conversations, and jobs for what is to be cleared behind those that went; the next one goes on.
 */
export async function runRetention({ clearLater, sendErasure }: Run): Promise<Removed> {
  const rules = await retentionDays();
  const conversations = await removeConversations(rules, clearLater);
  const facts = await removeFacts(rules);
  const guests = await eraseGuests(rules, sendErasure);
  const removed = { conversations, guests, facts };
  if (conversations + guests + facts > 0) {
    log.info({ event: "retention_done", ...removed });
  }
  return removed;
}

async function removeConversations(
  rules: RetentionRules,
  clearLater: Run["clearLater"],
): Promise<number> {
  let removed = 0;
  let cursor: Cursor | null = null;
  for (;;) {
    const due: Cursor[] = await findDue(rules, cursor, PAGE);
    cursor = due.at(-1) ?? null;
    if (!cursor) {
      return removed;
    }
    for (const { id } of due) {
      removed += (await removeOne(rules, id, clearLater)) ? 1 : 0;
    }
  }
}

async function removeOne(
  rules: RetentionRules,
  conversationId: string,
  clearLater: Run["clearLater"],
): Promise<boolean> {
  const removed = await removeConversation({
    conversationId,
    reason: "retention",
    actor: "system",
    onlyIf: (_, tx) => isStillDue(rules, conversationId, tx),
    enqueue: async (tx, gone) => {
      await tallyRemoved(tx, "conversations", 1);
      await clearLater(tx, gone);
    },
  });
  return removed !== null;
}

async function noteRemoved(tx: Tx, kind: keyof Removed, count: number): Promise<void> {
  await tallyRemoved(tx, kind, count);
  const metadata = { kind, count };
  await audit(tx, { actor: "system", action: "retention_removed", metadata });
}

async function removeFacts(rules: RetentionRules): Promise<number> {
  let removed = 0;
  for (let count = FACTS; count === FACTS; removed += count) {
    count = await inTransaction(async (tx) => {
      const deleted = await deleteDueFacts(rules, FACTS, tx);
      if (deleted > 0) {
        await noteRemoved(tx, "facts", deleted);
      }
      return deleted;
    });
  }
  return removed;
}

// So many a run and no more: each is an erasure with all that belongs to it.
async function eraseGuests(rules: RetentionRules, send: Run["sendErasure"]): Promise<number> {
  let opened = 0;
  for (const id of await findDueGuests({ days: rules.guests, limit: GUESTS })) {
    const isOpened = await inTransaction(async (tx) => {
      const requestId = await openRetentionErasure(id, rules.guests, tx);
      if (requestId) {
        await send(tx, requestId);
        await noteRemoved(tx, "guests", 1);
      }
      return requestId !== null;
    });
    opened += isOpened ? 1 : 0;
  }
  return opened;
}
