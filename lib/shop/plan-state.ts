import type { ShopRefusal } from "./refusal";
import type { OrderStatus, Variant } from "./schema";
import type { Address, Payment, PaymentMethod, SentBack, Swap } from "./schema-profile";

export type PlannedItem = {
  /** Empty for one that is new. */
  id: string;
  productId: string;
  variantId: string | null;
  name: string;
  quantity: number;
  priceCents: number;
};

export type PlannedOrder = {
  id: string;
  number: string;
  status: OrderStatus;
  currency: string;
  totalCents: number;
  /** How it was paid, in words: also where no payment stands in the books, as with an invoice. */
  paymentMethod: string;
  deliveredAt: Date | null;
  items: readonly PlannedItem[];
  payments: readonly Pick<Payment, "kind" | "amountCents" | "methodId">[];
};

/** Everything that a rule looks at. */
export type ShopState = {
  order: PlannedOrder;
  /** Those of the order's owner. */
  methods: readonly PaymentMethod[];
  /** The variants that the order holds and the request names. */
  variants: ReadonlyMap<string, Variant & { productId: string }>;
  now: Date;
};

/** What is written when a request is carried out. What is absent stays as it is. */
export type Change = {
  status?: OrderStatus;
  address?: Address;
  cancelReason?: string;
  /** All items afterwards. */
  items?: PlannedItem[];
  /** Put behind those that are there. */
  payments?: Pick<Payment, "kind" | "amountCents" | "methodId">[];
  /** What gift cards gain, in cents; less than nothing is taken from them. */
  credits?: ReadonlyMap<string, number>;
  /** What the shelves gain. */
  stock?: ReadonlyMap<string, number>;
  /** How the order is paid from now on, in words. */
  paymentMethod?: string;
  sentBack?: SentBack;
  swaps?: Swap[];
};

export type Planned = { ok: true; change: Change } | { ok: false; refusal: ShopRefusal };

export function refuse(code: ShopRefusal["code"], more: Omit<ShopRefusal, "code"> = {}): Planned {
  return { ok: false, refusal: { code, ...more } };
}

/** How much is to be paid (above 0) or comes back (below 0). */
export function differenceOf(swaps: readonly Swap[]): number {
  return swaps.reduce((sum, { fromCents, toCents }) => sum + toCents - fromCents, 0);
}

/** What gift cards gain by these payments. */
export function creditsOf(
  payments: readonly Pick<Payment, "kind" | "amountCents" | "methodId">[],
  methods: readonly PaymentMethod[],
): Map<string, number> {
  const credits = new Map<string, number>();
  for (const { kind, amountCents, methodId } of payments) {
    const method = methods.find(({ id }) => id === methodId);
    if (method?.source === "gift_card") {
      const gain = kind === "refund" ? amountCents : -amountCents;
      credits.set(method.id, (credits.get(method.id) ?? 0) + gain);
    }
  }
  return credits;
}

/** Whether a gift card holds less than is to be paid with it. */
export function lacks({ source, balanceCents }: PaymentMethod, cents: number): boolean {
  return source === "gift_card" && (balanceCents ?? 0) < cents;
}

/** What of these payments has not been paid back, by the way that it was paid. */
export function paidBy(payments: PlannedOrder["payments"]): Map<string | null, number> {
  const paid = new Map<string | null, number>();
  for (const { kind, amountCents, methodId } of payments) {
    const gain = kind === "payment" ? amountCents : -amountCents;
    paid.set(methodId, (paid.get(methodId) ?? 0) + gain);
  }
  return paid;
}
