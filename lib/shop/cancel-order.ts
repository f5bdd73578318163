import type { Effect } from "./connector";
import {
  formatMoney,
  isCancellable,
  normalizeOrderNumber,
  type Order,
  type OrderStatus,
} from "./schema";
import { type CancelOrder, cancelReasonLabels, type EffectPreview } from "./schema-effect";
import { readOrder } from "./store";
import { cancelOnce } from "./store-cancel";

/** Cancels an order that has not left the warehouse. The key is kept in the transaction that cancels. */
export const cancelOrder: Effect = {
  idempotent: true,
  async preview(caller, request) {
    const number = normalizeOrderNumber(request.number) ?? request.number;
    const order = await readOrder(caller, number);
    return order ? previewOf(order, request) : { possible: false, why: unknownOrder(number) };
  },
  async perform(caller, request, key) {
    const outcome = await cancelOnce(caller, request, key);
    if (!outcome) {
      return { done: false, text: unknownOrder(request.number) };
    }
    const { done, status, order } = outcome;
    return done
      ? { done, text: `Order ${order.number} was cancelled. ${moneyBack(order)}` }
      : { done, text: tooLate(order.number, status) };
  },
};

function previewOf(order: Order, request: CancelOrder): EffectPreview {
  if (!isCancellable(order.status)) {
    return { possible: false, why: tooLate(order.number, order.status) };
  }
  return {
    possible: true,
    request: { ...request, number: order.number },
    subject: `cancel_order ${order.number}`,
    card: {
      title: `Cancel order ${order.number}`,
      facts: [
        { label: "Items", values: order.items.map(itemLine) },
        { label: "Total", values: [formatMoney(order.totalCents, order.currency)] },
        { label: "Reason", values: [cancelReasonLabels[request.reason]] },
      ],
      consequence: `The whole order is cancelled, which cannot be undone. ${moneyBack(order)}`,
      confirm: "Cancel the order",
    },
  };
}

function itemLine({ quantity, name, options }: Order["items"][number]): string {
  return [`${quantity} × ${name}`, ...Object.values(options ?? {})].join(", ");
}

type Paid = Pick<Order, "totalCents" | "currency" | "paymentMethod">;

/** What happens with the money, true before and after. */
function moneyBack({ totalCents, currency, paymentMethod }: Paid): string {
  const amount = formatMoney(totalCents, currency);
  const way = paymentMethod.toLowerCase();
  if (way.includes("invoice")) {
    return "No invoice is sent, and there is nothing to pay.";
  }
  if (way.includes("paypal")) {
    return `${amount} goes back to your PayPal account on the same day.`;
  }
  if (way.includes("gift")) {
    return `${amount} goes back to your gift card at once.`;
  }
  if (way.includes("card")) {
    return `Your ${paymentMethod} is not charged: the reservation of ${amount} is released within three to five working days.`;
  }
  return `${amount} goes back the way it was paid, within three working days.`;
}

function unknownOrder(number: string): string {
  return `There is no order ${number} among yours, so nothing was cancelled.`;
}

function tooLate(number: string, status: OrderStatus): string {
  switch (status) {
    case "cancelled":
      return `Order ${number} is cancelled already.`;
    case "returned":
      return `Order ${number} was returned already, so there is nothing to cancel.`;
    case "delivered":
      return `Order ${number} was delivered, so it cannot be cancelled any more. It can be sent back within 60 days.`;
    default:
      return `Order ${number} has left the warehouse, so it cannot be cancelled any more. The parcel can be refused, or sent back within 60 days.`;
  }
}
