import { db, notify, RedisGone, transact, withRedis } from "@/lib/storage";
import type { Tx } from "@/lib/storage/schema";
import type { SecondPart } from "./schema-receipt";
import type { Receipt } from "./schema-request";

/** Runs everything or nothing. */
export const inTransaction = transact;

const MARK_SECONDS = 7 * 24 * 3_600;

/** Closes every read of the customer: another key epoch than any key has, and no session. Twice is once. */
export async function closeReads(customerId: string, tx: Tx): Promise<void> {
  await db(tx).customer.updateMany({
    where: { id: customerId, state: { in: ["active", "restricted"] } },
    data: { state: "erasing", keyEpoch: { increment: 1 }, sessionEpoch: { increment: 1 } },
  });
  await notify("gone", customerId, tx);
}

export async function findConversationIds(customerId: string): Promise<string[]> {
  const rows = await db().conversation.findMany({ where: { customerId }, select: { id: true } });
  return rows.map(({ id }) => id);
}

/**
 * Takes every conversation and turn from whoever works on it: the generation rises under the conversation's lock, so a
 * runner that still writes is refused, and its turn is over.
 */
export async function stopTurns(customerId: string): Promise<void> {
  const running = await transact(async (tx) => {
    await db(tx).$executeRaw`
      UPDATE "Conversation" SET generation = generation + 1, owner = 'NONE'
      WHERE customer_id = ${customerId}::uuid`;
    return await db(tx).$queryRaw<{ id: string }[]>`
      UPDATE "Turn" SET state = 'cancelled', cancel_requested = true, lease_until = NULL,
        checkpoint_sealed = NULL, finished_at = clock_timestamp()
      WHERE customer_id = ${customerId}::uuid AND state IN ('pending', 'running') RETURNING id::text`;
  });
  await ring(running.map(({ id }) => `rc:stop:${id}`));
}

// Only a doorbell: a runner that misses it reads the row's flag at its next checkpoint.
async function ring(channels: readonly string[]): Promise<void> {
  try {
    await withRedis(async (redis) => {
      for (const channel of channels) {
        await redis.publish(channel, "");
      }
    });
  } catch (error) {
    if (!(error instanceof RedisGone)) {
      throw error;
    }
  }
}

const keysOf = (id: string) => [
  `rc:{${id}}:events`,
  `rc:{${id}}:generation`,
  `rc:{${id}}:memory`,
  `rc:{${id}}:tail`,
  // The layout of @langchain/redis, of which a conversation may have been taken over.
  id,
];

/** Marks conversations as gone, which every script honours, and removes what Redis holds of them. */
export async function clearRedis(conversationIds: readonly string[]): Promise<number> {
  return await withRedis(async (redis) => {
    let removed = 0;
    for (const id of conversationIds) {
      await redis.set(`rc:{${id}}:gone`, "1", "EX", MARK_SECONDS);
      for (const key of keysOf(id)) {
        removed += await redis.del(key);
      }
      await redis.publish(`rc:{${id}}:bell`, "");
    }
    return removed;
  });
}

/** How many keys Redis holds of these conversations; the mark that they are gone is not one of them. */
export async function countRedis(conversationIds: readonly string[]): Promise<number> {
  return await withRedis(async (redis) => {
    let found = 0;
    for (const id of conversationIds) {
      for (const key of keysOf(id)) {
        found += await redis.exists(key);
      }
    }
    return found;
  });
}

export type ReceiptRow = { id: string; requestId: string; receipt: Receipt };

/** Holds the request; the receipt that it has already, if any. */
export async function lockRequest(requestId: string, tx: Tx): Promise<unknown | null> {
  await db(tx).$queryRaw`SELECT id FROM "DataRequest" WHERE id = ${requestId}::uuid FOR UPDATE`;
  return await findReceiptRow(requestId, tx);
}

/** Stores the receipt; no request of the person names them any more. The request goes on: its second stage is to come. */
export async function finishErasure(
  customerId: string,
  { id, requestId, receipt }: ReceiptRow,
  tx: Tx,
): Promise<void> {
  const { body, keyId, signature } = receipt;
  await db(tx).receipt.create({ data: { id, requestId, body, keyId, signature } });
  await db(tx).dataRequest.updateMany({
    where: { openedById: customerId },
    data: { openedById: null },
  });
  await db(tx).dataRequest.updateMany({ where: { customerId }, data: { customerId: null } });
}

/** The request's receipt as it is stored. */
export async function findReceiptRow(requestId: string, tx?: Tx): Promise<unknown | null> {
  return await db(tx).receipt.findFirst({
    where: { requestId },
    select: { body: true, keyId: true, signature: true, second: true },
  });
}

/** Stores the receipt's second part and ends the request. */
export async function storeSecond(
  requestId: string,
  receiptId: string,
  second: SecondPart,
  tx: Tx,
): Promise<void> {
  await db(tx).receipt.update({ where: { id: receiptId }, data: { second } });
  await db(tx).dataRequest.update({
    where: { id: requestId },
    data: { state: "done", finishedAt: new Date(), failure: null },
  });
}

/** Erasures whose second stage is still to come, and nothing is under way for a minute: their job was lost, or never sent. */
export async function findUnswept(): Promise<string[]> {
  const rows = await db().$queryRaw<{ id: string }[]>`
    SELECT r.id::text FROM "DataRequest" r JOIN "Receipt" p ON p.request_id = r.id
    WHERE p.second IS NULL AND r.kind = 'erasure' AND r.state IN ('running', 'waiting', 'failed')
      AND p.created_at < clock_timestamp() - interval '1 minute'
    ORDER BY p.created_at`;
  return rows.map(({ id }) => id);
}
