import { blindIndex } from "@/lib/privacy";
import type { GuestQuestion } from "./connector";
import { type GuestOrder, normalizeOrderNumber } from "./schema";
import { lookUpOnce } from "./store-guest";

/**
 * Status and delivery date of an order, for whoever names its number and the e-mail of the account that it belongs to.
 * Null for a wrong number and a wrong e-mail alike; `limited` after too many tries, in this conversation, by this guest,
 * or for this number or e-mail.
 */
export async function lookUpAsGuest({
  number: said,
  email,
  ...who
}: GuestQuestion): Promise<GuestOrder | null | "limited"> {
  const number = normalizeOrderNumber(said) ?? said;
  const [numberIndex, emailIndex] = [blindIndex("order", number), blindIndex("email", email)];
  return await lookUpOnce({ ...who, number, numberIndex, emailIndex });
}
