import { endCustomerSessions, findCustomer, findCustomerPassword } from "@/lib/customer";
import { Refusal } from "@/lib/errors";
import { audit } from "@/lib/privacy";
import { findCaller } from "./caller";
import { hashPassword, verifyPassword } from "./password";
import { limitRate, refundRate } from "./rate";
import type { Caller, CustomerCaller, StaffCaller } from "./schema";
import { setSession } from "./sign-in";
import { findStaffEmail, findStaffPassword, inTransaction, renewStaffSessions } from "./store";

export type Account = { caller: Caller; name: string; email: string; hasPassword: boolean };

/** The signed-in caller's own account, or null for guests and nobody. */
export async function findAccount(): Promise<Account | null> {
  const caller = await findCaller();
  if (caller?.kind === "staff") {
    const email = (await findStaffEmail(caller.id)) ?? "";
    const hasPassword = (await findStaffPassword(caller.id)) !== null;
    return { caller, name: caller.name, email, hasPassword };
  }
  const customer = caller?.registered ? await findCustomer(caller.id) : null;
  if (!caller || !customer) {
    return null;
  }
  const hasPassword = (await findCustomerPassword(caller.id)) !== null;
  return { caller, name: customer.name ?? "", email: customer.email ?? "", hasPassword };
}

const TRIES = { max: 10, windowSeconds: 900 };

/** Changes the caller's own password, which ends every other session of theirs; this one goes on. */
export async function changePassword(
  caller: Caller,
  { current, next }: { current: string; next: string },
): Promise<void> {
  const stored =
    caller.kind === "staff"
      ? await findStaffPassword(caller.id)
      : await findCustomerPassword(caller.id);
  await requirePassword(caller, current, stored);
  await renew(caller, { passwordHash: await hashPassword(next) });
}

/**
 * Asks a customer's password once more before what cannot be undone (`password_wrong`). False for who has none, because
 * they are a guest or sign in with a provider: they show in another way that it is them.
 */
export async function confirmCustomer(caller: CustomerCaller, password: string): Promise<boolean> {
  const stored = await findCustomerPassword(caller.id);
  if (stored) {
    await requirePassword(caller, password, stored);
  }
  return stored !== null;
}

/** The same of staff. Who signs in with a provider has no password, and is `password_wrong` too. */
export async function confirmStaff(caller: StaffCaller, password: string): Promise<void> {
  await requirePassword(caller, password, await findStaffPassword(caller.id));
}

async function requirePassword(
  caller: Caller,
  password: string,
  stored: string | null,
): Promise<void> {
  await limitRate("change-password", caller.id, TRIES, "sign_in_throttled");
  if (!(await verifyPassword(password, stored))) {
    throw new Refusal("password_wrong");
  }
  await refundRate("change-password", caller.id);
}

/** Ends every session of the caller on every device, this one excepted. */
export async function endOtherSessions(caller: Caller): Promise<void> {
  await renew(caller, {});
}

async function renew(caller: Caller, change: { passwordHash?: string }): Promise<void> {
  const epoch = await renewSessions(caller, change);
  await setSession({ kind: caller.kind, id: caller.id, epoch });
}

/** Raises the epoch: from now on every session of an older one is over. Answers the new epoch. */
export async function renewSessions(
  { kind, id }: Pick<Caller, "kind" | "id">,
  change: { passwordHash?: string },
): Promise<number> {
  if (kind === "customer") {
    return await endCustomerSessions(id, change);
  }
  return await inTransaction(async (tx) => {
    const action = change.passwordHash ? "password_changed" : "sign_out_everywhere";
    await audit(tx, { actor: id, action, metadata: { userId: id } });
    return await renewStaffSessions(id, change, tx);
  });
}
