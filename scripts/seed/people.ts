import { addPerson } from "@/lib/auth";
import type { Role } from "@/lib/auth/schema";
import { findCustomer, findCustomerByEmail } from "@/lib/customer";
import { Refusal } from "@/lib/errors";

/** The demo's people. Their passwords are public: they exist only where SEED=demo. */
export type Person = { role: Role | "customer"; email: string; name: string; password: string };

export const demoPeople: Person[] = [
  {
    role: "customer",
    email: "maya@example.com",
    name: "Maya Lindqvist",
    password: "fellside-maya",
  },
  {
    role: "customer",
    email: "jonas@example.com",
    name: "Jonas Brandt",
    password: "fellside-jonas",
  },
  { role: "lead", email: "lead@example.com", name: "Priya Raman", password: "fellside-lead" },
  { role: "admin", email: "admin@example.com", name: "Tom Okafor", password: "fellside-admin" },
];

/** Makes who is not there yet. */
export async function seedPeople(): Promise<void> {
  for (const person of demoPeople) {
    try {
      await addPerson(person);
    } catch (error) {
      if (!(error instanceof Refusal && error.code === "email_taken")) {
        throw error;
      }
    }
  }
}

/** A demo customer as the doors want a caller. */
export async function findDemoCustomer(email: string) {
  const known = await findCustomerByEmail(email);
  const row = known && (await findCustomer(known.id));
  if (!row) {
    throw new Error(`The demo customer ${email} is not there`);
  }
  return {
    kind: "customer" as const,
    id: row.id,
    keyEpoch: row.keyEpoch,
    registered: true,
    restricted: false,
    memoryOn: row.memoryOn,
  };
}
