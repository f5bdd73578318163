import {
  creditsOf,
  differenceOf,
  lacks,
  type Planned,
  type PlannedItem,
  refuse,
  type ShopState,
} from "./plan-state";
import type { RefusalCode, ShopRefusal } from "./refusal";
import { isAvailable, isPending, type Variant } from "./schema";
import type { RequestOf } from "./schema-effect";
import type { PaymentMethod, Swap } from "./schema-profile";

/** Within how many days after delivery something may be sent back. The help pages promise it. */
const RETURN_DAYS = 60;
const DAY_MS = 86_400_000;

type SwapRequest = RequestOf<"change_order_items" | "exchange_items">;

/** Changes pieces of an order that has not left the warehouse for others of the same product, once an order. */
export function planItems(state: ShopState, request: RequestOf<"change_order_items">): Planned {
  const { order, methods } = state;
  if (!isPending(order.status)) {
    return refuse("not_pending", { status: order.status });
  }
  const swapped = swapAll(state, request, "balance_item");
  if ("code" in swapped) {
    return { ok: false, refusal: swapped };
  }
  const { swaps, method } = swapped;
  const cents = differenceOf(swaps);
  const kind = cents > 0 ? ("payment" as const) : ("refund" as const);
  const payments = [{ kind, amountCents: Math.abs(cents), methodId: method.id }];
  return {
    ok: true,
    change: {
      status: "items_modified",
      items: swaps.reduce(swapPiece, [...order.items]),
      payments,
      credits: creditsOf(payments, methods),
      stock: stockOf(swaps, { shelving: true }),
      swaps,
    },
  };
}

/** Notes that pieces come back for others of the same product. What is sent instead is put aside; paid is when it goes. */
export function planExchange(state: ShopState, request: RequestOf<"exchange_items">): Planned {
  const refusal = notReturnable(state, "not_delivered_exchange");
  if (refusal) {
    return { ok: false, refusal };
  }
  const swapped = swapAll(state, request, "balance_difference");
  if ("code" in swapped) {
    return { ok: false, refusal: swapped };
  }
  const { swaps, method } = swapped;
  return {
    ok: true,
    change: {
      status: "exchange_requested",
      sentBack: {
        kind: "exchange",
        itemIds: swaps.map(({ from }) => from),
        newItemIds: swaps.map(({ to }) => to),
        methodId: method.id,
        differenceCents: differenceOf(swaps),
      },
      stock: stockOf(swaps, { shelving: false }),
      swaps,
    },
  };
}

/** Notes that pieces come back. They are paid back when they have arrived and were looked at. */
export function planReturn(state: ShopState, request: RequestOf<"return_items">): Planned {
  const refusal = notReturnable(state, "not_delivered_return");
  if (refusal) {
    return { ok: false, refusal };
  }
  const { order, methods } = state;
  const { itemIds, paymentMethodId } = request;
  const method = methods.find(({ id }) => id === paymentMethodId);
  if (!method) {
    return refuse("method_not_found");
  }
  if (method.source !== "gift_card" && method.id !== order.payments[0]?.methodId) {
    return refuse("method_not_original");
  }
  if (firstMissing(order.items, itemIds) !== null) {
    return refuse("some_item_not_found");
  }
  const sentBack = { kind: "return" as const, itemIds, newItemIds: [], methodId: method.id };
  return {
    ok: true,
    change: { status: "return_requested", sentBack: { ...sentBack, differenceCents: null } },
  };
}

function notReturnable({ order, now }: ShopState, code: RefusalCode): ShopRefusal | null {
  if (order.status !== "delivered") {
    return { code, status: order.status };
  }
  const days = order.deliveredAt ? (now.getTime() - order.deliveredAt.getTime()) / DAY_MS : 0;
  return days > RETURN_DAYS ? { code: "too_late" } : null;
}

type Swapped = { swaps: Swap[]; method: PaymentMethod };

/** Each piece beside what takes its place, with both prices, where all of it can be had and paid. */
function swapAll(
  { order, methods, variants }: ShopState,
  { itemIds, newItemIds, paymentMethodId, differenceCents }: SwapRequest,
  lacking: RefusalCode,
): Swapped | ShopRefusal {
  const missing = firstMissing(order.items, itemIds);
  if (missing !== null) {
    return { code: "item_not_found", about: missing };
  }
  if (itemIds.length !== newItemIds.length) {
    return { code: "counts_differ" };
  }
  const swaps: Swap[] = [];
  for (const [at, from] of itemIds.entries()) {
    const to = newItemIds[at] ?? "";
    const item = order.items.find(({ variantId }) => variantId === from);
    const wanted = newItemIds.filter((id) => id === to).length;
    const variant = sellable(variants.get(to), item?.productId, wanted);
    if (!(item && variant)) {
      return { code: "new_item_unavailable", about: to };
    }
    swaps.push({ from, fromCents: item.priceCents, to, toCents: variant.priceCents });
  }
  const method = methods.find(({ id }) => id === paymentMethodId);
  if (!method) {
    return { code: "method_not_found" };
  }
  const cents = differenceOf(swaps);
  if (lacks(method, cents)) {
    return { code: lacking };
  }
  return differenceCents !== undefined && differenceCents !== cents
    ? { code: "price_changed" }
    : { swaps, method };
}

type Sold = Variant & { productId: string };

/** The variant, where it is of that product and so many of it can be had. */
function sellable(
  variant: Sold | undefined,
  productId: string | undefined,
  wanted: number,
): Sold | null {
  const fits = variant?.productId === productId;
  return variant && fits && isAvailable(variant) && variant.stock >= wanted ? variant : null;
}

/** The first id that is named more often than the order holds it. */
function firstMissing(items: readonly PlannedItem[], ids: readonly string[]): string | null {
  const has = (id: string) =>
    items.reduce((sum, { variantId, quantity }) => sum + (variantId === id ? quantity : 0), 0);
  return ids.find((id) => ids.filter((each) => each === id).length > has(id)) ?? null;
}

/** One piece of the first row that holds it becomes another; a row of several is parted. */
function swapPiece(items: PlannedItem[], { from, to, toCents }: Swap): PlannedItem[] {
  const at = items.findIndex(({ variantId }) => variantId === from);
  const row = items[at];
  if (!row) {
    return items;
  }
  const piece = { ...row, variantId: to, priceCents: toCents, quantity: 1 };
  const parted =
    row.quantity > 1
      ? [
          { ...row, quantity: row.quantity - 1 },
          { ...piece, id: "" },
        ]
      : [piece];
  return items.toSpliced(at, 1, ...parted);
}

function stockOf(swaps: readonly Swap[], { shelving }: { shelving: boolean }): Map<string, number> {
  const stock = new Map<string, number>();
  const add = (id: string, count: number) => stock.set(id, (stock.get(id) ?? 0) + count);
  for (const { from, to } of swaps) {
    add(to, -1);
    if (shelving) {
      add(from, 1);
    }
  }
  return stock;
}
