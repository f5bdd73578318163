import { db } from "@/lib/storage";
import { normalizeOrderNumber } from "./schema";

/** Whose order this number names, for staff who were called about it; null when there is none, or its owner was erased. */
export async function findOrderOwner(said: string): Promise<string | null> {
  const number = normalizeOrderNumber(said);
  const order = number
    ? await db().shopOrder.findUnique({ where: { number }, select: { customerId: true } })
    : null;
  return order?.customerId ?? null;
}
