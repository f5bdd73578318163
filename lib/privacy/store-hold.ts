import { db } from "@/lib/storage";
import type { Tx } from "@/lib/storage/schema";
import type { HoldReason, ReleaseReason } from "./schema-retention";

export type HoldRow = {
  id: string;
  customerId: string;
  conversationId: string | null;
  reason: string;
  setById: string;
  setAt: Date;
};

/** Holds the conversation's row, and answers whose it is; null where there is none. */
export async function lockOwnerOf(conversationId: string, tx: Tx): Promise<string | null> {
  const [row] = await db(tx).$queryRaw<{ customerId: string }[]>`
    SELECT customer_id AS "customerId" FROM "Conversation" WHERE id = ${conversationId}::uuid
    FOR UPDATE`;
  return row?.customerId ?? null;
}

type About = { customerId: string; conversationId: string | null };

/** Whether a hold of exactly this stands already. */
export async function isHeld({ customerId, conversationId }: About, tx: Tx): Promise<boolean> {
  const where = { customerId, conversationId, releasedAt: null };
  return (await db(tx).legalHold.count({ where })) > 0;
}

type NewHold = About & { id: string; reason: HoldReason; setById: string };

export async function insertHold(hold: NewHold, tx: Tx): Promise<void> {
  await db(tx).legalHold.create({ data: hold });
}

type Release = { id: string; reason: ReleaseReason; by: string };

/** Ends a hold that stands; null where none of this id does. */
export async function endHold({ id, reason, by }: Release, tx: Tx): Promise<HoldRow | null> {
  const [row] = await db(tx).$queryRaw<HoldRow[]>`
    UPDATE "LegalHold" SET released_at = clock_timestamp(), release_reason = ${reason},
      released_by_id = ${by}::uuid
    WHERE id = ${id}::uuid AND released_at IS NULL
    RETURNING id, customer_id AS "customerId", conversation_id AS "conversationId", reason,
      set_by_id AS "setById", set_at AS "setAt"`;
  return row ?? null;
}

/** Holds that stand, the newest first, by keyset on the id, which sorts by time. */
export async function findHolds(before: string | null, limit: number): Promise<HoldRow[]> {
  return await db().legalHold.findMany({
    where: { releasedAt: null, ...(before ? { id: { lt: before } } : {}) },
    orderBy: { id: "desc" },
    take: limit,
    select: {
      id: true,
      customerId: true,
      conversationId: true,
      reason: true,
      setById: true,
      setAt: true,
    },
  });
}
