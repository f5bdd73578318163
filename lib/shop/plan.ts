import { planExchange, planItems, planReturn } from "./plan-items";
import { planAddress, planCancel, planPayment } from "./plan-order";
import type { Planned, ShopState } from "./plan-state";
import type { OrderRequest } from "./schema-effect";

/**
 * What a request would do to an order, or why it cannot be done: the same rule for what a customer is shown and for what
 * is then carried out. Pure; amounts are whole cents.
 */
export function plan(state: ShopState, request: OrderRequest): Planned {
  switch (request.kind) {
    case "cancel_order":
      return planCancel(state, request);
    case "change_order_address":
      return planAddress(state, request);
    case "change_order_payment":
      return planPayment(state, request);
    case "change_order_items":
      return planItems(state, request);
    case "return_items":
      return planReturn(state, request);
    case "exchange_items":
      return planExchange(state, request);
  }
}
