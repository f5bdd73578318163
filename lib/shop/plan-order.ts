import {
  type Change,
  creditsOf,
  lacks,
  type Planned,
  type PlannedOrder,
  paidBy,
  refuse,
  type ShopState,
} from "./plan-state";
import { isPending } from "./schema";
import { cancelReasonLabels, type RequestOf } from "./schema-effect";
import type { PaymentMethod } from "./schema-profile";

/** Cancels an order that has not left the warehouse: everything goes back to the shelf, and all that was paid is paid back. */
export function planCancel(
  { order, methods }: ShopState,
  { reason }: RequestOf<"cancel_order">,
): Planned {
  if (!isPending(order.status)) {
    return refuse("not_pending_cancel", { status: order.status });
  }
  const payments = [...paidBy(order.payments)]
    .filter(([, cents]) => cents > 0)
    .map(([methodId, amountCents]) => ({ kind: "refund" as const, amountCents, methodId }));
  return {
    ok: true,
    change: {
      status: "cancelled",
      cancelReason: cancelReasonLabels[reason],
      payments,
      credits: creditsOf(payments, methods),
      stock: shelved(order),
    },
  };
}

function shelved({ items }: PlannedOrder): Map<string, number> {
  const stock = new Map<string, number>();
  for (const { variantId, quantity } of items) {
    if (variantId) {
      stock.set(variantId, (stock.get(variantId) ?? 0) + quantity);
    }
  }
  return stock;
}

export function planAddress(
  { order }: ShopState,
  { address }: RequestOf<"change_order_address">,
): Planned {
  return isPending(order.status)
    ? { ok: true, change: { address } }
    : refuse("not_pending", { status: order.status });
}

/** Takes the whole amount from another way to pay and gives it back to the first. */
export function planPayment(
  { order, methods }: ShopState,
  { paymentMethodId }: RequestOf<"change_order_payment">,
): Planned {
  if (!isPending(order.status)) {
    return refuse("not_pending", { status: order.status });
  }
  const method = methods.find(({ id }) => id === paymentMethodId);
  if (!method) {
    return refuse("method_not_found");
  }
  const [first, ...more] = order.payments;
  if (!first || more.length > 0 || first.kind !== "payment") {
    return refuse("not_one_payment");
  }
  if (first.methodId === method.id) {
    return refuse("same_method");
  }
  return lacks(method, first.amountCents)
    ? refuse("balance_order")
    : { ok: true, change: payAgain(method, first, methods) };
}

function payAgain(
  method: PaymentMethod,
  { amountCents, methodId }: PlannedOrder["payments"][number],
  methods: readonly PaymentMethod[],
): Change {
  const payments = [
    { kind: "payment" as const, amountCents, methodId: method.id },
    { kind: "refund" as const, amountCents, methodId },
  ];
  return { payments, credits: creditsOf(payments, methods), paymentMethod: labels[method.source] };
}

const labels = { credit_card: "Credit card", paypal: "PayPal", gift_card: "Gift card" } as const;
