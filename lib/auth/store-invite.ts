import { newId } from "@/lib/id";
import { db } from "@/lib/storage";
import type { Tx } from "@/lib/storage/schema";
import type { InviteView, Role } from "./schema";

type NewInviteRow = {
  tokenHash: string;
  role: Role;
  invitedById: string | null;
  expiresAt: Date;
};

export async function insertInvite(invite: NewInviteRow, tx: Tx): Promise<string> {
  const id = newId();
  await db(tx).invite.create({ data: { id, ...invite } });
  return id;
}

/** A newer link for the first admin makes the older ones worthless. */
export async function dropFirstAdminInvites(tx: Tx): Promise<void> {
  await db(tx).invite.deleteMany({ where: { invitedById: null, usedAt: null } });
}

export async function findOpenInvite(tokenHash: string) {
  return await db().invite.findFirst({
    where: { tokenHash, usedAt: null, expiresAt: { gt: new Date() } },
    select: { id: true, role: true, invitedById: true, expiresAt: true },
  });
}

/** Takes the invite for good: of two who try at once, one gets it and the other gets null. */
export async function useInvite(tokenHash: string, tx: Tx) {
  const rows = await db(tx).$queryRaw<{ id: string; role: Role; invitedById: string | null }[]>`
    UPDATE "Invite" SET used_at = now()
    WHERE token_hash = ${tokenHash} AND used_at IS NULL AND expires_at > now()
    RETURNING id, role::text AS role, invited_by_id AS "invitedById"`;
  return rows[0] ?? null;
}

export async function deleteInvite(id: string, tx: Tx): Promise<boolean> {
  const { count } = await db(tx).invite.deleteMany({ where: { id, usedAt: null } });
  return count === 1;
}

export async function listInviteRows(now = new Date()): Promise<InviteView[]> {
  const rows = await db().invite.findMany({ orderBy: { id: "desc" }, take: 100 });
  return rows.map((row) => ({
    id: row.id,
    role: row.role,
    state: stateOf(row, now),
    expiresAt: row.expiresAt.toISOString(),
    createdAt: row.createdAt.toISOString(),
  }));
}

function stateOf(row: { usedAt: Date | null; expiresAt: Date }, now: Date): InviteView["state"] {
  if (row.usedAt) {
    return "used";
  }
  return row.expiresAt > now ? "open" : "expired";
}
