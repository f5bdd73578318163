import "server-only";
import { findCustomerByEmail, findCustomerState } from "@/lib/customer";
import { Refusal } from "@/lib/errors";
import { Id } from "@/lib/id";
import { findOrderOwner } from "@/lib/shop";

/** The customer that an admin means: by exact e-mail, order number or customer id. Nothing is guessed, so nothing is listed. */
export async function requirePerson(said: string): Promise<string> {
  const found = (await byId(said)) ?? (await byEmail(said)) ?? (await findOrderOwner(said));
  if (!found) {
    throw new Refusal("customer_unknown");
  }
  return found;
}

async function byId(said: string): Promise<string | null> {
  const id = Id.safeParse(said.toLowerCase()).data;
  return id && (await findCustomerState(id)) ? id : null;
}

async function byEmail(said: string): Promise<string | null> {
  return said.includes("@") ? ((await findCustomerByEmail(said))?.id ?? null) : null;
}
