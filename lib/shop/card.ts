import { type Change, differenceOf, type ShopState } from "./plan-state";
import { formatMoney } from "./schema";
import {
  cancelReasonLabels,
  type EffectCard,
  type OrderRequest,
  type ProfileRequest,
} from "./schema-effect";
import { addressLine } from "./schema-profile";
import {
  backTo,
  changes,
  differenceWords,
  methodWords,
  moneyBack,
  type Naming,
  pieces,
} from "./words";

const ONCE_BACK = "There can be one return or exchange for each order.";

/** What the customer reads before they confirm: exactly what will happen, in words. */
export function cardOf(state: ShopState, request: OrderRequest, change: Change): EffectCard {
  const { order } = state;
  const facts = factsOf(state, request, change);
  const what = consequence(state, request, change, "card");
  switch (request.kind) {
    case "cancel_order":
      return {
        title: `Cancel order ${order.number}`,
        facts,
        consequence: `The whole order is cancelled, which cannot be undone. ${what}`,
        confirm: "Cancel the order",
      };
    case "change_order_address":
      return {
        title: `Change the address of order ${order.number}`,
        facts,
        consequence: what,
        confirm: "Change the address",
      };
    case "change_order_payment":
      return {
        title: `Change how order ${order.number} is paid`,
        facts,
        consequence: what,
        confirm: "Change the payment",
      };
    case "change_order_items":
      return {
        title: `Change items of order ${order.number}`,
        facts,
        consequence: `${what} Items can be changed once: after that the order can neither be changed nor cancelled here.`,
        confirm: "Change the items",
      };
    case "return_items":
      return {
        title: `Return items of order ${order.number}`,
        facts,
        consequence: `${what} ${ONCE_BACK}`,
        confirm: "Return the items",
      };
    case "exchange_items":
      return {
        title: `Exchange items of order ${order.number}`,
        facts,
        consequence: `${what} ${ONCE_BACK}`,
        confirm: "Exchange the items",
      };
  }
}

export function profileCard({ address }: ProfileRequest): EffectCard {
  return {
    title: "Change your address",
    facts: [{ label: "New address", values: [addressLine(address)], personal: true }],
    consequence: "Your next orders are sent there. Orders that are placed already keep theirs.",
    confirm: "Change the address",
  };
}

export const profileDone =
  "Your address was changed. Orders that are placed already keep the one that they have.";

/** What was done, without anything of the person's: it stands in records that outlive their data. */
export function doneText(state: ShopState, request: OrderRequest, change: Change): string {
  const { number } = state.order;
  const what = consequence(state, request, change, "record");
  switch (request.kind) {
    case "cancel_order":
      return `Order ${number} was cancelled. ${what}`;
    case "change_order_address":
      return `The address of order ${number} was changed. ${what}`;
    case "change_order_payment":
      return `The payment of order ${number} was changed. ${what}`;
    case "change_order_items":
      return `The items of order ${number} were changed. ${what}`;
    case "return_items":
      return `The return for order ${number} is noted. ${what}`;
    case "exchange_items":
      return `The exchange for order ${number} is noted. ${what}`;
  }
}

type Fact = EffectCard["facts"][number];

function factsOf(state: ShopState, request: OrderRequest, change: Change): Fact[] {
  const { order, methods } = state;
  switch (request.kind) {
    case "cancel_order":
      return [
        { label: "Items", values: itemLines(state) },
        { label: "Total", values: [formatMoney(order.totalCents, order.currency)] },
        { label: "Reason", values: [cancelReasonLabels[request.reason]] },
      ];
    case "change_order_address":
      return [
        { label: "Items", values: itemLines(state) },
        { label: "New address", values: [addressLine(request.address)], personal: true },
      ];
    case "change_order_payment": {
      const [paid, refund] = change.payments ?? [];
      const name = (id = paid?.methodId ?? null) => methodWords(methods, id, "card");
      return [
        { label: "Amount", values: [formatMoney(paid?.amountCents ?? 0, order.currency)] },
        { label: "Until now", values: [name(refund?.methodId ?? null)] },
        { label: "From now on", values: [name()] },
      ];
    }
    case "change_order_items":
    case "exchange_items":
      return [
        { label: "Items", values: changes(state, change.swaps ?? []) },
        { label: "Difference", values: [methodWords(methods, request.paymentMethodId, "card")] },
      ];
    case "return_items":
      return [
        { label: "Items", values: pieces(state, request.itemIds) },
        { label: "Refund to", values: [methodWords(methods, request.paymentMethodId, "card")] },
      ];
  }
}

function itemLines({ order, variants }: ShopState): string[] {
  const lines = order.items.map(({ quantity, name, variantId }) =>
    [
      `${quantity} × ${name}`,
      ...Object.values((variantId && variants.get(variantId)?.options) || {}),
    ].join(", "),
  );
  return [...new Set(lines)];
}

/** What happens, true before and after. */
function consequence(
  state: ShopState,
  request: OrderRequest,
  change: Change,
  naming: Naming,
): string {
  switch (request.kind) {
    case "cancel_order":
      return refunds(state, change, naming);
    case "change_order_address":
      return "The parcel is sent to the new address. Nothing else about the order changes.";
    case "change_order_payment":
      return paidAnew(state, change, naming);
    case "change_order_items":
      return differenceWords(
        state,
        { cents: differenceOf(change.swaps ?? []), methodId: request.paymentMethodId },
        naming,
      );
    case "return_items": {
      const amount = formatMoney(worth(state, request.itemIds), state.order.currency);
      const way = methodWords(state.methods, request.paymentMethodId, naming);
      return `Please send the items back unworn, clean and with their labels. When they have arrived and were looked at, ${amount} goes back to ${way}, less €6.90 for a parcel from outside Germany and Austria.`;
    }
    case "exchange_items": {
      const asked = { cents: differenceOf(change.swaps ?? []), methodId: request.paymentMethodId };
      const money = differenceWords(state, asked, naming, "then");
      return `The new items are put aside for you and sent when the old ones have arrived. ${money}`;
    }
  }
}

function refunds(state: ShopState, { payments = [] }: Change, naming: Naming): string {
  return payments.length > 1
    ? payments
        .map(({ amountCents: cents, methodId }) => backTo(state, { cents, methodId }, naming))
        .join(" ")
    : moneyBack(state.order);
}

function paidAnew(state: ShopState, { payments = [] }: Change, naming: Naming): string {
  const [paid, refund] = payments;
  const cents = paid?.amountCents ?? 0;
  const way = methodWords(state.methods, paid?.methodId ?? null, naming);
  const back = backTo(state, { cents, methodId: refund?.methodId ?? null }, naming);
  return `${formatMoney(cents, state.order.currency)} is taken from ${way}. ${back}`;
}

/** What pieces of an order were paid with. */
function worth({ order }: ShopState, ids: readonly string[]): number {
  const price = (id: string) =>
    order.items.find(({ variantId }) => variantId === id)?.priceCents ?? 0;
  return ids.reduce((sum, id) => sum + price(id), 0);
}
