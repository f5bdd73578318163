import { isDeepStrictEqual } from "node:util";
import { newId } from "@/lib/id";
import { asRedacted, throwawayKey } from "@/lib/privacy";
import { db, transact } from "@/lib/storage";
import type { MemoryPort } from "./port";
import type { MemoryState } from "./schema";
import { emptyState } from "./state";
import { findHead, insertHead, sealHead, writeHead } from "./store";
import { RedisMemory } from "./store-redis";
import { PROBE } from "./store-redis-keys";

/** A backend gave back something else than what was written to it, or kept what was deleted. */
export class ProbeFailed extends Error {
  override readonly name = "ProbeFailed";
}

const TTL_HOURS = 1 / 60;

/** Saves, loads, compares and deletes through the very store that turns use. A killed probe's keys end after a minute. */
export async function probeRedis(redis: MemoryPort = new RedisMemory()): Promise<void> {
  const id = `${PROBE}${newId()}`;
  const key = throwawayKey(newId());
  const state = probeState();
  try {
    await redis.save(id, key, state, { ttlHours: TTL_HOURS });
    const loaded = await redis.load(id, key);
    insist(loaded.kind === "state" && isDeepStrictEqual(loaded.state, state));
  } finally {
    await redis.delete(id);
  }
  insist(!(await redis.exists(id)));
}

/**
 * Writes, reads and deletes a memory row of nobody, with the statements that folds use, in one transaction that is
 * committed: a full disk is found, and nobody ever sees the row or the customer it belongs to.
 */
export async function probePostgres(): Promise<void> {
  const key = throwawayKey(newId());
  const id = newId();
  const { tail: _tail, lastSeq: _lastSeq, version: _version, ...head } = probeState();
  await transact(async (tx) => {
    await db(tx).$executeRaw`INSERT INTO "Customer" (id) VALUES (${key.ownerId}::uuid)`;
    await db(tx).$executeRaw`
      INSERT INTO "Conversation" (id, customer_id) VALUES (${id}::uuid, ${key.ownerId}::uuid)`;
    await insertHead(id, key.ownerId, tx);
    const write = {
      conversationId: id,
      owner: key,
      from: 0,
      to: 1,
      sealed: sealHead(id, key, head),
    };
    insist(await writeHead(write, tx));
    const found = await findHead(id, key, tx);
    insist(found?.version === 1 && isDeepStrictEqual(found.head, head));
    const gone = await db(tx).$executeRaw`DELETE FROM "Customer" WHERE id = ${key.ownerId}::uuid`;
    insist(gone === 1 && (await findHead(id, key, tx)) === null);
  });
}

function insist(isAsExpected: boolean): void {
  if (!isAsExpected) {
    throw new ProbeFailed("The store gave back something else than what was written");
  }
}

function probeState(): MemoryState {
  return {
    ...emptyState(new Date()),
    summary: asRedacted("A check of the store."),
    summaryTokens: 6,
    metadata: { probe: true },
  };
}
