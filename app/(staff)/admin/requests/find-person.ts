import "server-only";
import { findCustomerByEmail, findCustomerState } from "@/lib/customer";
import { Refusal } from "@/lib/errors";
import { Id } from "@/lib/id";
import { findPeople } from "@/lib/privacy";
import type { PersonFound } from "@/lib/privacy/schema";
import { findOrderOwner } from "@/lib/shop";

/** The one whom an admin means for sure, or those whom they may mean and have to choose from. Nothing is guessed. */
export type WhoIsMeant = { customerId: string } | { found: PersonFound[] };

/**
 * An account's e-mail, an order number and a customer id name one person. A phone number, a name, or an e-mail that was
 * only written in a conversation may be several people's, so they are shown to choose from.
 */
export async function findPerson(said: string): Promise<WhoIsMeant> {
  const customerId = (await byId(said)) ?? (await byEmail(said)) ?? (await findOrderOwner(said));
  return customerId ? { customerId } : { found: await findPeople(said) };
}

/** The one whom an admin means for sure; `customer_unknown` where that is nobody, or may be several. */
export async function requirePerson(said: string): Promise<string> {
  const meant = await findPerson(said);
  if (!("customerId" in meant)) {
    throw new Refusal("customer_unknown");
  }
  return meant.customerId;
}

/** The one who was chosen among those found; anybody else is `customer_unknown`. */
export async function requireChosen(said: string, customerId: string): Promise<string> {
  const found = await findPeople(said);
  if (!found.some((person) => person.customerId === customerId)) {
    throw new Refusal("customer_unknown");
  }
  return customerId;
}

async function byId(said: string): Promise<string | null> {
  const id = Id.safeParse(said.toLowerCase()).data;
  return id && (await findCustomerState(id)) ? id : null;
}

async function byEmail(said: string): Promise<string | null> {
  return said.includes("@") ? ((await findCustomerByEmail(said))?.id ?? null) : null;
}
