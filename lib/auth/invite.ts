import { createHash, randomBytes } from "node:crypto";
import { headers } from "next/headers";
import { findCustomerByEmail } from "@/lib/customer";
import { Refusal } from "@/lib/errors";
import { audit } from "@/lib/privacy";
import type { Tx } from "@/lib/storage/schema";
import { clientAddress } from "./address";
import { hashPassword } from "./password";
import { landing } from "./path";
import { limitRate } from "./rate";
import type { InviteView, NewInvite, Role, StaffCaller } from "./schema";
import { setSession } from "./sign-in";
import { insertStaff, inTransaction } from "./store";
import {
  deleteInvite,
  dropFirstAdminInvites,
  findOpenInvite,
  insertInvite,
  listInviteRows,
  useInvite,
} from "./store-invite";
import { countAdmins, lockAdmins } from "./store-staff";

const DAY_MS = 24 * 60 * 60 * 1_000;
const INVITE_MS = 7 * DAY_MS;
const FIRST_ADMIN_MS = 30 * 60 * 1_000;
const TRIES = { max: 30, windowSeconds: 900 };

export type NewPerson = { email: string; name: string; password: string };

/** Makes a one-time link's token, good for seven days. It is shown once: only its hash is stored. */
export async function inviteStaff(admin: StaffCaller, role: Role): Promise<NewInvite> {
  return await inTransaction((tx) => makeInvite({ role, by: admin.id, forMs: INVITE_MS }, tx));
}

/**
 * The link that makes the first admin, good for 30 minutes, or null where there is an admin already. A newer one makes
 * the older ones worthless.
 */
export async function createFirstAdminInvite(): Promise<NewInvite | null> {
  return await inTransaction(async (tx) => {
    await lockAdmins(tx);
    if ((await countAdmins(tx)) > 0) {
      return null;
    }
    await dropFirstAdminInvites(tx);
    return await makeInvite({ role: "admin", by: null, forMs: FIRST_ADMIN_MS }, tx);
  });
}

type Offer = { role: Role; by: string | null; forMs: number };

async function makeInvite({ role, by, forMs }: Offer, tx: Tx): Promise<NewInvite> {
  const token = randomBytes(32).toString("base64url");
  const expiresAt = new Date(Date.now() + forMs);
  const inviteId = await insertInvite(
    { tokenHash: hashToken(token), role, invitedById: by, expiresAt },
    tx,
  );
  await audit(tx, {
    actor: by ?? "system",
    action: "user_invited",
    metadata: { inviteId, role, method: by ? "invite" : "setup" },
  });
  return { token, role, expiresAt: expiresAt.toISOString() };
}

function hashToken(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

/** The open invite behind a link, or null for one that is used, expired or made up. */
export async function findInvite(
  token: string,
): Promise<{ role: Role; first: boolean; expiresAt: string } | null> {
  const row = await findOpenInvite(hashToken(token));
  return (
    row && {
      role: row.role,
      first: row.invitedById === null,
      expiresAt: row.expiresAt.toISOString(),
    }
  );
}

/** Invites, newest first. */
export async function listInvites(): Promise<InviteView[]> {
  return await listInviteRows();
}

/** Makes an open link worthless. */
export async function withdrawInvite(admin: StaffCaller, inviteId: string): Promise<void> {
  await inTransaction(async (tx) => {
    if (!(await deleteInvite(inviteId, tx))) {
      throw new Refusal("not_found");
    }
    await audit(tx, { actor: admin.id, action: "invite_withdrawn", metadata: { inviteId } });
  });
}

/** Uses the link once: makes the person, signs them in, answers where to go. Used or expired is `invite_invalid`. */
export async function acceptInvite(token: string, person: NewPerson): Promise<string> {
  await limitRate("invite", clientAddress(await headers()), TRIES);
  const { id, epoch, role } = await takeInvite(token, person);
  await setSession({ kind: "staff", id, epoch });
  return landing({ kind: "staff", role });
}

/** The part of accepting that is the database's: invite and person in one transaction, so a refused e-mail leaves the link open. */
export async function takeInvite(token: string, person: NewPerson) {
  if (!(await findInvite(token))) {
    throw new Refusal("invite_invalid");
  }
  const passwordHash = await hashPassword(person.password);
  return await inTransaction(async (tx) => {
    const invite = await useInvite(hashToken(token), tx);
    if (!invite || !(await mayStillBeFirst(invite.invitedById, tx))) {
      throw new Refusal("invite_invalid");
    }
    // A customer's e-mail signs a customer in; it cannot mean two people on one page.
    if (await findCustomerByEmail(person.email)) {
      throw new Refusal("email_taken");
    }
    const { email, name } = person;
    const staff = await insertStaff({ email, name, role: invite.role, passwordHash }, tx);
    await audit(tx, {
      actor: staff.id,
      action: "user_joined",
      metadata: { userId: staff.id, inviteId: invite.id, role: invite.role, method: "invite" },
    });
    return { ...staff, role: invite.role };
  });
}

// A first-admin link is the operator's way in, and no way in beside an admin who is there.
async function mayStillBeFirst(invitedById: string | null, tx: Tx): Promise<boolean> {
  if (invitedById !== null) {
    return true;
  }
  await lockAdmins(tx);
  return (await countAdmins(tx)) === 0;
}

/** A member of staff without an invite: seed and commands. */
export async function createStaff(person: NewPerson & { role: Role }): Promise<{ id: string }> {
  const passwordHash = await hashPassword(person.password);
  return await inTransaction(async (tx) => {
    const { id } = await insertStaff({ ...person, passwordHash }, tx);
    await audit(tx, {
      actor: "system",
      action: "user_joined",
      metadata: { userId: id, role: person.role, method: "command" },
    });
    return { id };
  });
}
