import type { OrderStatus } from "./schema";

/** Why a shop does not do something. Nothing was changed. */
export type ShopRefusal = {
  code: RefusalCode;
  /** The order's number, or the item that is meant. */
  about?: string;
  status?: OrderStatus;
};

/**
 * The sentences of tau-bench's retail tools (Sierra, MIT licence), which name the same checks; those that its shop does
 * not make are ours, in its manner. `*` is what it is about.
 */
const sentences = {
  order_not_found: "order not found",
  user_not_found: "user not found",
  product_not_found: "product not found",
  not_pending_cancel: "non-pending order cannot be cancelled",
  not_pending: "non-pending order cannot be modified",
  not_delivered_return: "non-delivered order cannot be returned",
  not_delivered_exchange: "non-delivered order cannot be exchanged",
  method_not_found: "payment method not found",
  method_not_original: "payment method should be either the original payment method or a gift card",
  not_one_payment: "there should be exactly one payment for a pending order",
  same_method: "the new payment method should be different from the current one",
  balance_order: "insufficient gift card balance to pay for the order",
  balance_item: "insufficient gift card balance to pay for the new item",
  balance_difference: "insufficient gift card balance to pay for the price difference",
  item_not_found: "* not found",
  some_item_not_found: "some item not found",
  counts_differ: "the number of items to be exchanged should match",
  new_item_unavailable: "new item * not found or available",
  too_late: "order was delivered more than 60 days ago",
  price_changed: "the price has changed since it was asked about",
} as const;
export type RefusalCode = keyof typeof sentences;

/** "Error: order not found". */
export function errorOf({ code, about = "" }: ShopRefusal): string {
  return `Error: ${sentences[code].replace("*", about)}`;
}

const DONE_NOTHING = "Nothing was changed.";

/** The same for the customer: what is the case, and what can be done instead. */
export function sayRefusal(refusal: ShopRefusal, number: string): string {
  const { code, about = "", status } = refusal;
  switch (code) {
    case "order_not_found":
      return `There is no order ${number} among yours. ${DONE_NOTHING}`;
    case "not_pending_cancel":
      return tooLateToCancel(number, status);
    case "not_pending":
      return tooLateToChange(number, status);
    case "not_delivered_return":
    case "not_delivered_exchange":
      return notDelivered(number, status);
    case "new_item_unavailable":
      return `${about} is not sold in that choice, or not in stock. ${DONE_NOTHING}`;
    case "item_not_found":
      return `${about} is not in order ${number}, or not that often. ${DONE_NOTHING}`;
    default:
      return `${plain[code]} ${DONE_NOTHING}`;
  }
}

const plain: Record<
  Exclude<
    RefusalCode,
    | "order_not_found"
    | "not_pending_cancel"
    | "not_pending"
    | "not_delivered_return"
    | "not_delivered_exchange"
    | "new_item_unavailable"
    | "item_not_found"
  >,
  string
> = {
  user_not_found: "The shop has no profile of yours.",
  product_not_found: "The shop has no such product.",
  method_not_found: "This is not a way to pay that you have stored with the shop.",
  method_not_original: "A refund goes back the way the order was paid, or to a gift card of yours.",
  not_one_payment: "The way to pay can be changed once, and only where an order was paid at once.",
  same_method: "The order is paid that way already.",
  balance_order: "There is not enough on the gift card to pay for the order.",
  balance_item: "There is not enough on the gift card to pay the difference in price.",
  balance_difference: "There is not enough on the gift card to pay the difference in price.",
  some_item_not_found: "Not all of these items are in the order.",
  counts_differ: "For each item there must be one that takes its place.",
  too_late: "Returns and exchanges are possible within 60 days after delivery, which have passed.",
  price_changed: "The price has changed since you were asked, so please look at it again.",
};

function tooLateToCancel(number: string, status?: OrderStatus): string {
  switch (status) {
    case "cancelled":
      return `Order ${number} is cancelled already.`;
    case "returned":
      return `Order ${number} was returned already, so there is nothing to cancel.`;
    case "items_modified":
      return `The items of order ${number} were changed, and after that it cannot be cancelled here any more. It can be sent back within 60 days.`;
    case "delivered":
    case "return_requested":
    case "exchange_requested":
      return `Order ${number} was delivered, so it cannot be cancelled any more. It can be sent back within 60 days.`;
    default:
      return `Order ${number} has left the warehouse, so it cannot be cancelled any more. The parcel can be refused, or sent back within 60 days.`;
  }
}

function tooLateToChange(number: string, status?: OrderStatus): string {
  switch (status) {
    case "cancelled":
      return `Order ${number} was cancelled, so there is nothing to change.`;
    case "items_modified":
      return `The items of order ${number} were changed already, and after that it cannot be changed here any more.`;
    case "delivered":
    case "return_requested":
    case "exchange_requested":
    case "returned":
      return `Order ${number} was delivered, so it cannot be changed any more.`;
    default:
      return `Order ${number} has left the warehouse, so it cannot be changed any more.`;
  }
}

function notDelivered(number: string, status?: OrderStatus): string {
  switch (status) {
    case "return_requested":
      return `A return for order ${number} is under way already, and there can be one for each order.`;
    case "exchange_requested":
      return `An exchange for order ${number} is under way already, and there can be one for each order.`;
    case "returned":
      return `Order ${number} was returned already.`;
    case "cancelled":
      return `Order ${number} was cancelled, so there is nothing to send back.`;
    default:
      return `Order ${number} has not been delivered yet, so nothing of it can be sent back or exchanged.`;
  }
}
