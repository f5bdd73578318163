import { once } from "@/lib/once";

const KEPT_MAX = 10_000;

/** Customer's id → the words they are known to have agreed to. */
function known(): Map<string, string> {
  return once("customer.agreements", () => new Map());
}

/**
 * Whether this process has seen that the customer agreed to the words of this hash. It stays true: an agreement ends by
 * other words, which have another hash, or with the customer, who is refused before this is asked.
 */
export function isKnownToAgree(customerId: string, hash: string): boolean {
  return known().get(customerId) === hash;
}

export function noteAgreement(customerId: string, hash: string): void {
  known().set(customerId, hash);
  const [oldest] = known().keys();
  if (known().size > KEPT_MAX && oldest !== undefined) {
    known().delete(oldest);
  }
}
