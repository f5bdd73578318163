import { log } from "@/lib/observability";
import { db, notify, RedisGone, withRedis } from "@/lib/storage";
import type { Tx } from "@/lib/storage/schema";
import type { ConversationParts } from "./schema";
import { clearRedis } from "./store-erase";
import { deleteJobs } from "./store-rows";

/** Told to every process when a conversation was removed: none keeps a copy of it. */
const CHANNEL = "conversation_gone";
export const CONVERSATION_GONE = CHANNEL;

/** A conversation that is about to be removed, under its lock. */
export type HeldConversation = {
  conversationId: string;
  customerId: string;
  status: string;
  owner: string;
  lastMessageAt: Date;
  /** Something that the customer confirmed is being carried out, or about to be. */
  effectUnderWay: boolean;
  /** The turns that are not over. */
  openTurnIds: string[];
};

/**
 * Locks the conversation and its customer, in this order, as whoever writes to them does: nobody sends, answers or learns
 * meanwhile. Null when it is absent, not this customer's, or its customer is being erased.
 */
export async function lockForRemoval(
  conversationId: string,
  customerId: string | null,
  tx: Tx,
): Promise<HeldConversation | null> {
  const [held] = await db(tx).$queryRaw<Omit<HeldConversation, "openTurnIds">[]>`
    SELECT c.id::text AS "conversationId", c.customer_id::text AS "customerId", c.status::text,
      c.owner::text, c.last_message_at AS "lastMessageAt",
      EXISTS (SELECT 1 FROM "Proposal" e WHERE e.conversation_id = c.id
        AND e.state IN ('confirmed', 'executing')) AS "effectUnderWay"
    FROM "Conversation" c JOIN "Customer" p ON p.id = c.customer_id
    WHERE c.id = ${conversationId}::uuid AND p.state IN ('active', 'restricted')
      AND (${customerId}::uuid IS NULL OR c.customer_id = ${customerId}::uuid)
    FOR UPDATE OF c`;
  if (!held) {
    return null;
  }
  await db(tx).$queryRaw`
    SELECT 1 FROM "Customer" WHERE id = ${held.customerId}::uuid FOR NO KEY UPDATE`;
  const turns = await db(tx).$queryRaw<{ id: string }[]>`
    SELECT id::text FROM "Turn"
    WHERE conversation_id = ${conversationId}::uuid AND state IN ('pending', 'running')`;
  return { ...held, openTurnIds: turns.map(({ id }) => id) };
}

/** Counts what hangs on a conversation; null when it is absent or not this customer's. */
export async function countParts(
  conversationId: string,
  customerId: string | null,
): Promise<ConversationParts | null> {
  const [row] = await db().$queryRaw<ConversationParts[]>`
    SELECT
      (SELECT count(*)::int FROM "Message" m WHERE m.conversation_id = c.id
        AND m.role IN ('customer', 'assistant', 'staff')) AS messages,
      (SELECT count(*)::int FROM "Message" m WHERE m.conversation_id = c.id
        AND m.role IN ('customer', 'assistant', 'staff', 'tool') AND m.forgotten_at IS NULL) AS remembered,
      (SELECT count(*)::int FROM "CaseSummary" s WHERE s.conversation_id = c.id) AS summaries,
      (SELECT count(*)::int FROM "Fact" f WHERE f.conversation_id = c.id) AS facts,
      (SELECT count(*)::int FROM "Rating" r WHERE r.conversation_id = c.id) AS ratings,
      (SELECT count(*)::int FROM "HandOff" h WHERE h.conversation_id = c.id) AS "handOffs",
      (SELECT count(*)::int FROM "Proposal" p WHERE p.conversation_id = c.id) AS proposals,
      (SELECT count(*)::int FROM "ExportFile" x WHERE x.customer_id = c.customer_id AND x.bytes > 0)
        AS exports
    FROM "Conversation" c WHERE c.id = ${conversationId}::uuid
      AND (${customerId}::uuid IS NULL OR c.customer_id = ${customerId}::uuid)`;
  return row ?? null;
}

/** The source of a fact whose conversation is no more, and which is remembered all the same. */
export const NO_MESSAGE = "00000000-0000-0000-0000-000000000000";

/**
 * Removes every row of a conversation that is held: the record and what hangs on it, counts of folds, facts that came
 * from it (which stay without their source where they have days of their own), waiting jobs. Its id takes nothing new,
 * and every process is told at the commit.
 */
export async function deleteConversation(
  { conversationId: id }: HeldConversation,
  { keepsFacts }: { keepsFacts: boolean },
  tx: Tx,
) {
  await (keepsFacts ? releaseFacts(id, tx) : deleteFacts(id, tx));
  await db(tx).$executeRaw`DELETE FROM "MemoryFold" WHERE conversation_id = ${id}::uuid`;
  await deleteJobs([id], { tx });
  await db(tx).$executeRaw`DELETE FROM "Conversation" WHERE id = ${id}::uuid`;
  await db(tx).$executeRaw`
    INSERT INTO "GoneConversation" (id) VALUES (${id}::uuid) ON CONFLICT DO NOTHING`;
  await notify(CHANNEL, id, tx);
}

async function releaseFacts(conversationId: string, tx: Tx): Promise<void> {
  await db(tx).$executeRaw`
    UPDATE "Fact" SET conversation_id = NULL, message_id = ${NO_MESSAGE}::uuid
    WHERE conversation_id = ${conversationId}::uuid`;
}

async function deleteFacts(conversationId: string, tx: Tx): Promise<void> {
  await db(tx).$executeRaw`
    UPDATE "Fact" SET superseded_by_id = NULL WHERE superseded_by_id IN (
      SELECT id FROM "Fact" WHERE conversation_id = ${conversationId}::uuid)`;
  await db(tx).$executeRaw`DELETE FROM "Fact" WHERE conversation_id = ${conversationId}::uuid`;
}

/** Whether a hold was set on a conversation, or on its customer, after this moment, and stands. */
export async function isHeldSince(
  { conversationId, customerId }: Pick<HeldConversation, "conversationId" | "customerId">,
  at: string,
  tx: Tx,
): Promise<boolean> {
  const [row] = await db(tx).$queryRaw<unknown[]>`
    SELECT 1 FROM "LegalHold" h
    WHERE h.customer_id = ${customerId}::uuid AND h.set_at > ${at}::timestamptz AND h.released_at IS NULL
      AND (h.conversation_id IS NULL OR h.conversation_id = ${conversationId}::uuid) LIMIT 1`;
  return row !== undefined;
}

/** The same now, or later by the job: without Redis nothing fails. */
export async function clearConversationSoon({ conversationId, openTurnIds }: HeldConversation) {
  try {
    await clearConversation(conversationId, openTurnIds);
  } catch (error) {
    if (!(error instanceof RedisGone)) {
      throw error;
    }
    log.warn({ event: "copies_wait_for_redis", conversationId });
  }
}

/** Takes a removed conversation out of Redis: copies and the words of answers; what is left is the mark. Throws RedisGone. */
export async function clearConversation(id: string, openTurnIds: readonly string[] = []) {
  await clearRedis([id]);
  await withRedis(async (redis) => {
    for (const turnId of openTurnIds) {
      await redis.publish(`rc:stop:${turnId}`, "");
    }
    await redis.publish("rc:console", "");
  });
}

const PAGE = 5_000;

/** The ids of all conversations, in pages. */
export async function* walkConversationIds(): AsyncGenerator<string[]> {
  for (let after: string | null = null; ; ) {
    const rows: { id: string }[] = await db().$queryRaw<{ id: string }[]>`
      SELECT id::text FROM "Conversation" WHERE (${after}::uuid IS NULL OR id > ${after}::uuid)
      ORDER BY id LIMIT ${PAGE}`;
    if (rows.length > 0) {
      yield rows.map(({ id }) => id);
    }
    after = rows.at(-1)?.id ?? null;
    if (rows.length < PAGE) {
      return;
    }
  }
}
