import type { PlannedOrder, ShopState } from "./plan-state";
import { formatMoney } from "./schema";
import { nameMethod, type PaymentMethod, type Swap, sourceWords } from "./schema-profile";

/** How a way to pay is called: for its owner on a card, or in a record, which holds nothing of the person's. */
export type Naming = "card" | "record";

export function methodWords(
  methods: readonly PaymentMethod[],
  id: string | null,
  naming: Naming,
): string {
  const method = methods.find((each) => each.id === id);
  if (!method) {
    return "the way it was paid";
  }
  return naming === "card" ? nameMethod(method) : `your ${sourceWords[method.source]}`;
}

/** "€12.00 goes back to your gift card at once." */
export function backTo(
  { order, methods }: Pick<ShopState, "order" | "methods">,
  { cents, methodId }: { cents: number; methodId: string | null },
  naming: Naming,
): string {
  const source = methods.find(({ id }) => id === methodId)?.source;
  const when = {
    gift_card: "at once",
    paypal: "on the same day",
    credit_card: "within three to five working days",
  };
  const amount = formatMoney(cents, order.currency);
  return `${amount} goes back to ${methodWords(methods, methodId, naming)} ${source ? when[source] : "within three working days"}.`;
}

/** What an order whose way to pay is known only by its name gets back, true before and after. */
export function moneyBack(paid: Pick<PlannedOrder, "totalCents" | "currency" | "paymentMethod">) {
  const amount = formatMoney(paid.totalCents, paid.currency);
  const way = paid.paymentMethod.toLowerCase();
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
    return `Your ${paid.paymentMethod} is not charged: the reservation of ${amount} is released within three to five working days.`;
  }
  return `${amount} goes back the way it was paid, within three working days.`;
}

/** "2 × Hollin socks, 39-41, grey", each kind of piece once. */
export function pieces({ order, variants }: ShopState, ids: readonly string[]): string[] {
  return [...new Set(ids)].map((id) => {
    const name = order.items.find(({ variantId }) => variantId === id)?.name ?? id;
    const count = ids.filter((each) => each === id).length;
    return [`${count} × ${name}`, ...optionsOf(variants, id)].join(", ");
  });
}

/** "1 × Hollin socks, 39-41, grey becomes 42-44, grey (+€2.00)", each kind of change once. */
export function changes(state: ShopState, swaps: readonly Swap[]): string[] {
  const lines = swaps.map(({ from, fromCents, to, toCents }) => {
    const name = state.order.items.find(({ variantId }) => variantId === from)?.name ?? from;
    const before = [name, ...optionsOf(state.variants, from)].join(", ");
    const after = optionsOf(state.variants, to).join(", ") || to;
    const cents = toCents - fromCents;
    const more = cents === 0 ? "" : ` (${signed(cents, state.order.currency)})`;
    return `${before} becomes ${after}${more}`;
  });
  return [...new Set(lines)].map(
    (line) => `${lines.filter((each) => each === line).length} × ${line}`,
  );
}

function optionsOf(variants: ShopState["variants"], id: string): string[] {
  return Object.values(variants.get(id)?.options ?? {});
}

/** "+€2.00", "−€2.00". */
export function signed(cents: number, currency: string): string {
  return `${cents < 0 ? "−" : "+"}${formatMoney(Math.abs(cents), currency)}`;
}

/** What happens with a difference in price; `when` for one that is settled later. */
export function differenceWords(
  state: ShopState,
  { cents, methodId }: { cents: number; methodId: string | null },
  naming: Naming,
  when = "now",
): string {
  if (cents === 0) {
    return "The price stays the same.";
  }
  const amount = formatMoney(Math.abs(cents), state.order.currency);
  const method = methodWords(state.methods, methodId, naming);
  if (when !== "now") {
    return cents > 0
      ? `The difference of ${amount} is taken from ${method} ${when}.`
      : `The difference of ${amount} goes back to ${method} ${when}.`;
  }
  return cents > 0
    ? `The difference of ${amount} is taken from ${method} now.`
    : `The difference: ${backTo(state, { cents: -cents, methodId }, naming)}`;
}
