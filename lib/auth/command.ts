import { findCustomerByEmail, registerCustomer } from "@/lib/customer";
import { Refusal } from "@/lib/errors";
import { renewSessions } from "./account";
import { createStaff, type NewPerson } from "./invite";
import { hashPassword } from "./password";
import type { Role } from "./schema";
import { findStaffByEmail } from "./store";

/** Makes a person from the command line or the seed, without an invite. A taken e-mail is `email_taken`. */
export async function addPerson(person: NewPerson & { role: Role | "customer" }): Promise<string> {
  const taken = await Promise.all([
    findStaffByEmail(person.email),
    findCustomerByEmail(person.email),
  ]);
  if (taken.some((row) => row !== null)) {
    throw new Refusal("email_taken");
  }
  const { role, password, ...named } = person;
  if (role !== "customer") {
    return (await createStaff({ ...named, password, role })).id;
  }
  const passwordHash = await hashPassword(password);
  return (await registerCustomer(null, { ...named, passwordHash })).id;
}

/** Sets a new password for somebody who lost theirs and ends all their sessions. Unknown is `not_found`. */
export async function resetPassword(email: string, password: string): Promise<void> {
  const staff = await findStaffByEmail(email);
  const person = staff ?? (await findCustomerByEmail(email));
  if (!person) {
    throw new Refusal("not_found");
  }
  const passwordHash = await hashPassword(password);
  await renewSessions({ kind: staff ? "staff" : "customer", id: person.id }, { passwordHash });
}
