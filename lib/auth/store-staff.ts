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

/** Tells every process that this person's open streams end now; delivered when `tx` commits. */
export async function tellGone(userId: string, tx: Tx): Promise<void> {
  await notify("gone", userId, tx);
}
