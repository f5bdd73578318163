import { audit } from "@/lib/privacy";
import * as store from "./store";

type Session = { id: string; sessionEpoch: number };

/**
 * Registers a customer. A guest's row is upgraded, so their conversations stay theirs under the same key; without one
 * a new row is made. A taken e-mail is `email_taken`.
 */
export async function registerCustomer(
  guestId: string | null,
  registration: store.Registration,
): Promise<Session> {
  return await store.inTransaction(async (tx) => {
    const upgraded = guestId ? await store.upgradeGuest(guestId, registration, tx) : null;
    const session = upgraded ?? (await store.insertRegistered(registration, tx));
    await audit(tx, {
      actor: "customer",
      customerId: session.id,
      action: "customer_registered",
      metadata: { method: registration.identity ? "oidc" : "password" },
    });
    return session;
  }, "email_taken");
}

/** By e-mail, for signing in: state, epoch and password hash; opens nothing. */
export async function findCustomerByEmail(email: string) {
  return await store.findCredentialRow(email);
}

/** By an OpenID Connect account. */
export async function findCustomerByIdentity(issuer: string, subject: string) {
  return await store.findBySubject(issuer, subject);
}

/** Binds an OpenID Connect account to a customer who has none; false when they have. */
export async function linkIdentity(id: string, issuer: string, subject: string): Promise<boolean> {
  return await store.setSubject(id, issuer, subject);
}

/** The stored hash, for checking the current password. */
export async function findCustomerPassword(id: string): Promise<string | null> {
  return await store.findPasswordHash(id);
}

/** Ends all sessions of a customer; with `passwordHash`, changes the password in the same transaction. Answers the new epoch. */
export async function endCustomerSessions(
  id: string,
  change: { passwordHash?: string } = {},
): Promise<number> {
  return await store.inTransaction(async (tx) => {
    const epoch = await store.renewSessions(id, change, tx);
    const action = change.passwordHash ? "password_changed" : "sign_out_everywhere";
    await audit(tx, { actor: "customer", customerId: id, action });
    return epoch;
  });
}
