import { db, notify } from "@/lib/storage";
import type { Tx } from "@/lib/storage/schema";
import type { Role } from "./schema";

/** One change of admins at a time, or two could each see the other as the one who stays. */
export async function lockAdmins(tx: Tx): Promise<void> {
  await db(tx).$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('recollect.admins', 0))`;
}

/** Active admins, the given one left out. */
export async function countAdmins(tx: Tx | undefined, except?: string): Promise<number> {
  return await db(tx).user.count({
    where: { role: "admin", state: "active", ...(except ? { NOT: { id: except } } : {}) },
  });
}

export async function findStanding(id: string, tx: Tx) {
  return await db(tx).user.findUnique({ where: { id }, select: { role: true, state: true } });
}

export async function writeRole(id: string, role: Role, tx: Tx): Promise<void> {
  await db(tx).user.update({ where: { id }, data: { role } });
}

/** Ends all sessions of a person for good, or lets them sign in again. */
export async function writeState(
  id: string,
  state: "active" | "deactivated",
  tx: Tx,
): Promise<void> {
  await db(tx).user.update({
    where: { id },
    data: { state, sessionEpoch: { increment: 1 } },
  });
}

/**
 * What a person owned returns to the queue, with a new generation, so that nothing of the old ownership can still
 * write; what was only assigned to them becomes unassigned.
 */
export async function releaseConversations(userId: string, tx: Tx): Promise<number> {
  const owned = await db(tx).$queryRaw<{ id: string }[]>`
    SELECT id FROM "Conversation" WHERE assignee_id = ${userId}::uuid ORDER BY id FOR UPDATE`;
  const ids = owned.map(({ id }) => id);
  if (ids.length === 0) {
    return 0;
  }
  await db(tx).$executeRaw`
    UPDATE "HandOff" SET state = 'waiting', taken_by_id = NULL, taken_at = NULL
    WHERE conversation_id = ANY(${ids}::uuid[]) AND state = 'taken'`;
  await db(tx).$executeRaw`
    UPDATE "Conversation"
    SET status = 'waiting', owner = 'NONE', generation = generation + 1, waiting_since = now(),
        assignee_id = NULL
    WHERE id = ANY(${ids}::uuid[]) AND status = 'with_person'`;
  await db(tx).conversation.updateMany({
    where: { id: { in: ids }, assigneeId: userId },
    data: { assigneeId: null },
  });
  return ids.length;
}

/** Tells every process that this person's open streams end now; delivered when `tx` commits. */
export async function tellGone(userId: string, tx: Tx): Promise<void> {
  await notify("gone", userId, tx);
}
