import { afterAll, expect, test } from "vitest";
import { createGuest, findCustomer, registerCustomer } from "@/lib/customer";
import { newId } from "@/lib/id";
import { admitIdentity } from "./identity";
import { hashPassword } from "./password";
import { closeAll, newStaff, setCustomerState, setStaffState } from "./store-for-tests";

afterAll(closeAll);

const from = { issuer: "https://id.example", guestId: null };
const passwordHash = await hashPassword("a walk in the hills");
const newEmail = () => `${newId()}@customer.example`;

test("somebody new becomes a registered customer, once, and the guest they were", async () => {
  const guest = await createGuest();
  const email = newEmail();
  const profile = { sub: newId(), email, email_verified: true, name: "Olive Idris" };
  const first = await admitIdentity({ ...from, guestId: guest.id }, profile);
  expect(first).toMatchObject({ kind: "customer", id: guest.id });
  expect(await findCustomer(guest.id)).toMatchObject({ name: "Olive Idris", email });
  const renamed = { sub: profile.sub, email: newEmail(), email_verified: true };
  expect(await admitIdentity(from, renamed)).toMatchObject({ id: guest.id });
});

test("a lead is known by a verified e-mail, and from then on by the account itself", async () => {
  const mara = await newStaff("lead", passwordHash);
  const sub = newId();
  const verified = { sub, email: mara.email, email_verified: true };
  expect(await admitIdentity(from, verified)).toMatchObject({ kind: "staff", id: mara.id });
  expect(await admitIdentity(from, { sub })).toMatchObject({ kind: "staff", id: mara.id });
});

test("an e-mail that the provider has not verified finds nobody and makes nobody", async () => {
  const mara = await newStaff("admin", passwordHash);
  const claimed = { sub: newId(), email: mara.email, email_verified: false };
  expect(await admitIdentity(from, claimed)).toBeNull();
  expect(await admitIdentity(from, { sub: newId(), email: newEmail() })).toBeNull();
  expect(await admitIdentity(from, { sub: newId() })).toBeNull();
});

test("another account with the same e-mail does not take over the one that is bound", async () => {
  const email = newEmail();
  const first = { sub: newId(), email, email_verified: true };
  const person = await admitIdentity(from, first);
  expect(await admitIdentity(from, { ...first, sub: newId() })).toBeNull();
  expect(await admitIdentity(from, { sub: first.sub })).toMatchObject({ id: person?.id });
});

test("a deactivated lead and an erased customer are refused and not made anew", async () => {
  const mara = await newStaff("lead", passwordHash);
  await setStaffState(mara.id, "deactivated");
  const lead = { sub: newId(), email: mara.email, email_verified: true };
  expect(await admitIdentity(from, lead)).toBeNull();
  const email = newEmail();
  const ada = await registerCustomer(null, { email, name: "Ada", passwordHash });
  await setCustomerState(ada.id, "erasing");
  expect(await admitIdentity(from, { sub: newId(), email, email_verified: true })).toBeNull();
});
