import { cookies } from "next/headers";
import { cache } from "react";
import { createGuest, findCustomerState, isReadable } from "@/lib/customer";
import { Refusal } from "@/lib/errors";
import { type Claim, GUEST_COOKIE, guestCookieOptions, readGuest, signGuest } from "./guest-cookie";
import { limitBeside, limitRate } from "./rate";
import type { Caller, CustomerCaller, Role, StaffCaller } from "./schema";
import { decodeSession, type SessionClaim, sessionCookie } from "./session";
import { findStaffRow, STAFF_KEY_EPOCH } from "./store";
import type { Window } from "./store-rate";

/** New guests from one address. A shop's whole office may share one; a script that makes thousands does not pass. */
const NEW_GUESTS = { max: 300, windowSeconds: 600 };

export type Presented = { session: string | undefined; guest: string | undefined };

/**
 * Who these two cookies speak for. Signed in wins over guest; a session that is over (other epoch, deactivated,
 * erased) counts as none, and then the guest's cookie speaks if there is one.
 */
export async function identify({ session, guest }: Presented): Promise<Caller | null> {
  const claim = await decodeSession(session);
  const signedIn = claim && (await findClaimed(claim));
  if (signedIn) {
    return signedIn;
  }
  const guestClaim = readGuest(guest);
  return guestClaim && (await findCustomerClaimed(guestClaim));
}

/** The person a session names, if it still stands: state, role and epoch are the database's, not the cookie's. */
async function findClaimed(claim: SessionClaim): Promise<Caller | null> {
  return claim.kind === "customer"
    ? await findCustomerClaimed(claim)
    : await findStaffClaimed(claim);
}

async function findCustomerClaimed({ id, epoch }: Claim): Promise<CustomerCaller | null> {
  const row = await findCustomerState(id);
  if (!row || row.sessionEpoch !== epoch || !isReadable(row.state)) {
    return null;
  }
  return {
    kind: "customer",
    id,
    keyEpoch: row.keyEpoch,
    registered: row.kind === "registered",
    memoryOn: row.memoryOn,
    restricted: row.state === "restricted",
  };
}

async function findStaffClaimed({ id, epoch }: Claim): Promise<StaffCaller | null> {
  const row = await findStaffRow(id);
  if (!row || row.sessionEpoch !== epoch || row.state !== "active") {
    return null;
  }
  return { kind: "staff", id, keyEpoch: STAFF_KEY_EPOCH, role: row.role, name: row.name };
}

/** The caller of this request, or null. Looked up once a page, however often it is asked. */
export const findCaller = cache(async (): Promise<Caller | null> => {
  return await identify(await present());
});

/** The caller that `find` finds, whose use of `name` is counted meanwhile; see `limitBeside`. */
export async function limitCaller<Who extends Caller | null>(
  name: string,
  window: Window,
  find: () => Promise<Who>,
): Promise<Who> {
  const { session, guest } = await present();
  const named = (await decodeSession(session)) ?? readGuest(guest);
  return await limitBeside(name, window, named?.id ?? null, find);
}

async function present(): Promise<Presented> {
  const jar = await cookies();
  return {
    session: jar.get(sessionCookie())?.value,
    guest: jar.get(GUEST_COOKIE)?.value,
  };
}

/** The caller when it is a customer: registered or guest. */
export async function findCustomerCaller(): Promise<CustomerCaller | null> {
  const caller = await findCaller();
  return caller?.kind === "customer" ? caller : null;
}

/** The calling guest's id, who becomes the customer that registers; null for anybody else. */
export async function findGuestId(): Promise<string | null> {
  const caller = await findCustomerCaller();
  return caller && !caller.registered ? caller.id : null;
}

/** The calling customer, or `session_missing`. Staff are no customers and are refused as well. */
export async function requireCustomer(): Promise<CustomerCaller> {
  const caller = await findCustomerCaller();
  if (!caller) {
    throw new Refusal("session_missing");
  }
  return caller;
}

/**
 * The calling customer; nobody becomes a guest, with a signed cookie. Only where cookies can be set: actions and route
 * handlers. Staff are refused: they answer customers and are none.
 */
export async function requireGuest(): Promise<CustomerCaller> {
  const caller = await findCaller();
  if (caller?.kind === "customer") {
    return caller;
  }
  if (caller) {
    throw new Refusal("forbidden");
  }
  await limitRate("new-guest", null, NEW_GUESTS);
  const { id, keyEpoch, sessionEpoch } = await createGuest();
  const jar = await cookies();
  jar.set(GUEST_COOKIE, signGuest({ id, epoch: sessionEpoch }), guestCookieOptions());
  return { kind: "customer", id, keyEpoch, registered: false, memoryOn: true, restricted: false };
}

/**
 * Makes this browser a guest's again, who has shown by a link of ours that they are the one; `not_found` for anybody
 * who is no guest (any more). Only where cookies can be set.
 */
export async function admitGuest(customerId: string): Promise<void> {
  const row = await findCustomerState(customerId);
  if (row?.kind !== "guest" || !isReadable(row.state)) {
    throw new Refusal("not_found");
  }
  const jar = await cookies();
  jar.set(GUEST_COOKIE, signGuest({ id: row.id, epoch: row.sessionEpoch }), guestCookieOptions());
}

/** The calling member of staff with at least this role (an admin may do all that a lead may), or a refusal. */
export async function requireStaff(role: Role): Promise<StaffCaller> {
  const caller = await findCaller();
  if (caller?.kind !== "staff") {
    throw new Refusal("session_missing");
  }
  if (role === "admin" && caller.role !== "admin") {
    throw new Refusal("forbidden");
  }
  return caller;
}

/**
 * The caller, and a question for long-lived answers: does the same session still speak for the same person in the same
 * role? Streams ask it at each heartbeat, so an ended session or a deactivated person is cut off within one.
 */
export async function watchCaller(): Promise<{
  caller: Caller | null;
  stillStands: () => Promise<boolean>;
}> {
  const presented = await present();
  const caller = await identify(presented);
  return {
    caller,
    stillStands: async () => isSame(caller, await identify(presented)),
  };
}

function isSame(before: Caller | null, now: Caller | null): boolean {
  return (
    before?.id === now?.id && before?.keyEpoch === now?.keyEpoch && roleOf(before) === roleOf(now)
  );
}

function roleOf(caller: Caller | null): string | undefined {
  return caller?.kind === "staff" ? caller.role : caller?.kind;
}
