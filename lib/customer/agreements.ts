import { once } from "@/lib/once";

const KEPT_MAX = 10_000;

/** Customer's id → the newest version of the words that they are known to have agreed to. */
function known(): Map<string, number> {
  return once("customer.agreements", () => new Map());
}

/**
 * Whether this process has seen that the customer agreed to the words of this version, or to newer ones. It stays true:
 * an agreement ends by other words, which have a higher version, or with the customer, who is refused before this is asked.
 */
export function isKnownToAgree(customerId: string, since: number): boolean {
  return (known().get(customerId) ?? 0) >= since;
}

export function noteAgreement(customerId: string, version: number): void {
  known().set(customerId, version);
  const [oldest] = known().keys();
  if (known().size > KEPT_MAX && oldest !== undefined) {
    known().delete(oldest);
  }
}
