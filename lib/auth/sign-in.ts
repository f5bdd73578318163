import { cookies, headers } from "next/headers";
import { findCustomerByEmail, isReadable, registerCustomer, touchCustomer } from "@/lib/customer";
import { Refusal } from "@/lib/errors";
import { audit, blindIndex } from "@/lib/privacy";
import { clientAddress } from "./address";
import { findGuestId } from "./caller";
import { GUEST_COOKIE } from "./guest-cookie";
import { hashPassword, verifyPassword } from "./password";
import { landing } from "./path";
import { limitRate, refundRate } from "./rate";
import type { Credentials, Role } from "./schema";
import {
  encodeSession,
  type SessionClaim,
  sessionCookie,
  sessionCookieOptions,
  toToken,
} from "./session";
import { findStaffByEmail, inTransaction, touchStaff } from "./store";

const BY_ADDRESS = { max: 30, windowSeconds: 900 };
const BY_ACCOUNT = { max: 10, windowSeconds: 900 };
const REGISTRATIONS = { max: 100, windowSeconds: 3_600 };

export type SignedIn = SessionClaim & { role?: Role };

/**
 * Checks e-mail and password. A wrong password, an unknown e-mail and a deactivated account get the same answer after
 * the same work; failed tries are counted by address and by account, right ones are not.
 */
export async function checkCredentials(given: Credentials, address: string): Promise<SignedIn> {
  const account = blindIndex("email", given.email);
  await limitRate("sign-in-address", address, BY_ADDRESS, "sign_in_throttled");
  await limitRate("sign-in-account", account, BY_ACCOUNT, "sign_in_throttled");
  const [staff, customer] = await Promise.all([
    findStaffByEmail(given.email),
    findCustomerByEmail(given.email),
  ]);
  // One password check whoever it is: two would tell that the e-mail is known.
  const right = await verifyPassword(given.password, (staff ?? customer)?.passwordHash ?? null);
  const person = staff ? admitStaff(staff) : customer && admitCustomer(customer);
  if (!right || !person) {
    await recordFailure({ staff, customer }, right ? "not_admitted" : "wrong_password");
    throw new Refusal("sign_in_failed");
  }
  await Promise.all([
    refundRate("sign-in-address", address),
    refundRate("sign-in-account", account),
  ]);
  return person;
}

type StaffRow = NonNullable<Awaited<ReturnType<typeof findStaffByEmail>>>;
type CustomerRow = NonNullable<Awaited<ReturnType<typeof findCustomerByEmail>>>;

type Tried = {
  staff: { id: string } | null | undefined;
  customer: { id: string } | null | undefined;
};

/** Notes a failed try, whoever it was for; the limits above bound how many there can be. */
async function recordFailure({ staff, customer }: Tried, why: string): Promise<void> {
  const reason = staff || customer ? why : "unknown_account";
  const actor = staff?.id ?? (customer ? "customer" : "unknown");
  await inTransaction((tx) =>
    audit(tx, {
      actor,
      ...(customer && !staff ? { customerId: customer.id } : {}),
      action: "sign_in_failed",
      metadata: { method: "password", reason },
    }),
  );
}

/** Notes that a provider's account was not let in. */
export async function recordNotAdmitted(): Promise<void> {
  const metadata = { method: "oidc", reason: "not_admitted" } as const;
  await inTransaction((tx) => audit(tx, { actor: "unknown", action: "sign_in_failed", metadata }));
}

export function admitStaff(row: StaffRow): SignedIn | null {
  return row.state === "active"
    ? { kind: "staff", id: row.id, epoch: row.sessionEpoch, role: row.role }
    : null;
}

export function admitCustomer(
  row: Pick<CustomerRow, "id" | "state" | "sessionEpoch">,
): SignedIn | null {
  return isReadable(row.state) ? { kind: "customer", id: row.id, epoch: row.sessionEpoch } : null;
}

/** Signs in by e-mail and password, sets the session cookie and answers where to go. */
export async function signIn(given: Credentials & { next?: string | undefined }): Promise<string> {
  const person = await checkCredentials(given, clientAddress(await headers()));
  await recordSignIn(person, "password");
  await setSession(person);
  return landing(person, given.next);
}

/** Notes a sign-in in the audit log and on the person. */
export async function recordSignIn(person: SignedIn, method: "password" | "oidc"): Promise<void> {
  const metadata = { method };
  await inTransaction(async (tx) => {
    if (person.kind === "staff") {
      await touchStaff(person.id, tx);
      await audit(tx, { actor: person.id, action: "sign_in", metadata });
    } else {
      await touchCustomer(person.id, tx);
      await audit(tx, { actor: "customer", customerId: person.id, action: "sign_in", metadata });
    }
  });
}

/** Puts the session into the browser. */
export async function setSession(person: SessionClaim): Promise<void> {
  const jar = await cookies();
  const token = await encodeSession(toToken(person));
  jar.set(sessionCookie(), token, sessionCookieOptions(person.kind));
}

/**
 * Registers the calling guest (their conversations stay theirs) or a newcomer, and signs them in. Answers where to go.
 * That an e-mail is taken cannot be hidden without sending mail, so registering is limited by address.
 */
export async function register(given: {
  email: string;
  name: string;
  password: string;
  next?: string | undefined;
}): Promise<string> {
  await limitRate("register", clientAddress(await headers()), REGISTRATIONS);
  const guestId = await findGuestId();
  const [passwordHash, staff] = await Promise.all([
    hashPassword(given.password),
    findStaffByEmail(given.email),
  ]);
  if (staff) {
    throw new Refusal("email_taken");
  }
  const { email, name } = given;
  const { id, sessionEpoch } = await registerCustomer(guestId, { email, name, passwordHash });
  await setSession({ kind: "customer", id, epoch: sessionEpoch });
  (await cookies()).delete(GUEST_COOKIE);
  return landing({ kind: "customer" }, given.next);
}
