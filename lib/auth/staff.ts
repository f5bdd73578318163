import { Refusal } from "@/lib/errors";
import { audit } from "@/lib/privacy";
import type { Tx } from "@/lib/storage/schema";
import type { Role, StaffCaller, StaffMember } from "./schema";
import { inTransaction, listStaffRows } from "./store";
import {
  countAdmins,
  findStanding,
  lockAdmins,
  tellGone,
  writeRole,
  writeState,
} from "./store-staff";

/** Everybody who works or worked here. */
export async function listStaff(): Promise<StaffMember[]> {
  return await listStaffRows();
}

/** Active admins beside this one. Inside `tx` nobody becomes one or stops being one until it ends. */
export async function countOtherAdmins(adminId: string, tx?: Tx): Promise<number> {
  if (tx) {
    await lockAdmins(tx);
  }
  return await countAdmins(tx, adminId);
}

/** Changes a role, from the next request on. The last active admin stays one (`last_admin`). */
export async function changeRole(admin: StaffCaller, userId: string, role: Role): Promise<void> {
  await inTransaction(async (tx) => {
    const standing = await standingOf(userId, tx);
    if (standing.role === role) {
      return;
    }
    if (role !== "admin") {
      await keepOneAdmin(userId, tx);
    }
    await writeRole(userId, role, tx);
    await audit(tx, {
      actor: admin.id,
      action: "user_role_changed",
      metadata: { userId, role, previousRole: standing.role },
    });
  });
}

/** Gives what a person owned back to the queue, in the transaction that ends them; answers how many. */
type Release = (userId: string, tx: Tx) => Promise<number>;

/**
 * Deactivates a person: their next request is refused, open streams end, and `release` returns what they owned to the
 * queue. The last active admin cannot be deactivated (`last_admin`). Answers how many conversations were released.
 */
export async function deactivateStaff(
  admin: StaffCaller,
  userId: string,
  release: Release,
): Promise<number> {
  return await inTransaction(async (tx) => {
    const standing = await standingOf(userId, tx);
    if (standing.state === "deactivated") {
      return 0;
    }
    await keepOneAdmin(userId, tx);
    await writeState(userId, "deactivated", tx);
    const released = await release(userId, tx);
    await audit(tx, {
      actor: admin.id,
      action: "user_deactivated",
      metadata: { userId, count: released },
    });
    await tellGone(userId, tx);
    return released;
  });
}

/** Lets a deactivated person sign in again, with their old role and password, and no old session. */
export async function reactivateStaff(admin: StaffCaller, userId: string): Promise<void> {
  await inTransaction(async (tx) => {
    const standing = await standingOf(userId, tx);
    if (standing.state === "deactivated") {
      await writeState(userId, "active", tx);
      await audit(tx, { actor: admin.id, action: "user_reactivated", metadata: { userId } });
    }
  });
}

// Locks first: what is read here stays true until the transaction ends.
async function standingOf(userId: string, tx: Tx) {
  await lockAdmins(tx);
  const standing = await findStanding(userId, tx);
  if (!standing) {
    throw new Refusal("not_found");
  }
  return standing;
}

async function keepOneAdmin(userId: string, tx: Tx): Promise<void> {
  const standing = await findStanding(userId, tx);
  const counts = standing?.role === "admin" && standing.state === "active";
  if (counts && (await countAdmins(tx, userId)) === 0) {
    throw new Refusal("last_admin");
  }
}
