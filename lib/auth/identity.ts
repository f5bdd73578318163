import { z } from "zod";
import {
  findCustomerByEmail,
  findCustomerByIdentity,
  linkIdentity,
  registerCustomer,
} from "@/lib/customer";
import { admitCustomer, admitStaff, type SignedIn } from "./sign-in";
import { findStaffByEmail, findStaffByIdentity, setStaffIdentity } from "./store";

/** What an OpenID Connect provider says about somebody. Only `sub` is certain. */
export const Profile = z.object({
  sub: z.string().min(1),
  email: z.string().optional(),
  email_verified: z.union([z.boolean(), z.stringbool()]).optional(),
  name: z.string().optional(),
});
export type Profile = z.infer<typeof Profile>;

/** Who vouches, and the guest who would become the new customer. */
type From = { issuer: string; guestId: string | null };

/**
 * The person behind a provider's account: known by its subject, else by an e-mail that the provider has verified (then
 * bound for good), else registered as a customer. An unverified e-mail proves nothing and finds nobody.
 */
export async function admitIdentity(from: From, profile: Profile): Promise<SignedIn | null> {
  return (await admitKnown(from.issuer, profile)) ?? (await admitNew(from, profile));
}

async function admitKnown(issuer: string, { sub, ...profile }: Profile) {
  const staff = await findStaffByIdentity(issuer, sub);
  if (staff) {
    return admitStaff(staff);
  }
  const customer = await findCustomerByIdentity(issuer, sub);
  if (customer) {
    return admitCustomer(customer);
  }
  return profile.email && profile.email_verified
    ? await admitByEmail(issuer, sub, profile.email)
    : null;
}

// An account that is bound already stays so: addresses are given to other people in time, subjects are not.
async function admitByEmail(issuer: string, sub: string, email: string): Promise<SignedIn | null> {
  const staff = await findStaffByEmail(email);
  if (staff) {
    const admitted = admitStaff(staff);
    return admitted && (await setStaffIdentity(staff.id, issuer, sub)) ? admitted : null;
  }
  const customer = await findCustomerByEmail(email);
  const admitted = customer && admitCustomer(customer);
  return admitted && (await linkIdentity(admitted.id, issuer, sub)) ? admitted : null;
}

async function admitNew({ issuer, guestId }: From, profile: Profile): Promise<SignedIn | null> {
  const { sub, email, email_verified: verified, name } = profile;
  if (!email || !verified || (await isKnown(issuer, profile))) {
    return null;
  }
  const { id, sessionEpoch } = await registerCustomer(guestId, {
    email,
    name: name?.trim().slice(0, 100) || (email.split("@")[0] ?? email),
    identity: { issuer, subject: sub },
  });
  return { kind: "customer", id, epoch: sessionEpoch };
}

// Known but not admitted (deactivated, erased): nobody new is made in their place.
async function isKnown(issuer: string, { sub, email = "" }: Profile): Promise<boolean> {
  const found = await Promise.all([
    findStaffByIdentity(issuer, sub),
    findCustomerByIdentity(issuer, sub),
    findStaffByEmail(email),
    findCustomerByEmail(email),
  ]);
  return found.some((row) => row !== null);
}
