import {
  formatMoney,
  type GuestOrder,
  isAvailable,
  type Order,
  orderStatusLabels,
  type Product,
} from "@/lib/shop/schema";
import type { OrderFacts, ProductFacts } from "./tool-results";

/** An order as a model may know it: without name and address, which no answer needs. */
export function orderFacts(order: Order, now: Date): OrderFacts {
  const shipment = order.shipments.at(-1);
  const latest = shipment?.events.at(-1);
  return {
    number: order.number,
    status: statusOf(order, now),
    placed: day(order.placedAt),
    expected: order.expectedAt && day(order.expectedAt),
    delivered: order.deliveredAt && day(order.deliveredAt),
    total: formatMoney(order.totalCents, order.currency),
    payment: order.paymentMethod,
    items: order.items.map(({ quantity, name, options }) =>
      [`${quantity} × ${name}`, ...(options ? Object.values(options) : [])].join(", "),
    ),
    carrier: shipment?.carrier ?? null,
    tracking: shipment?.trackingNumber ?? null,
    latestEvent: latest ? `${latest.what}, ${latest.place}, ${day(latest.at)}` : null,
  };
}

/** An order as a guest may know it. */
export function guestFacts(order: GuestOrder, now: Date) {
  return {
    number: order.number,
    status: statusOf(order, now),
    expected: order.expectedAt && day(order.expectedAt),
    delivered: order.deliveredAt && day(order.deliveredAt),
  };
}

/** The same with what a change of it needs. */
export function orderDetails(order: Order, now: Date): OrderFacts {
  const pieces = order.items.map(({ itemId, productId, name, options, quantity, priceCents }) => ({
    item: itemId ?? "",
    product: productId,
    name,
    options: Object.values(options ?? {}).join(", "),
    quantity,
    price: formatMoney(priceCents, order.currency),
  }));
  const paidBy = [...new Set(order.payments.flatMap(({ methodId }) => methodId ?? []))];
  return { ...orderFacts(order, now), pieces, paidBy };
}

/** An order whose day has passed is overdue, whatever the last status said. */
function statusOf({ status, expectedAt, deliveredAt }: GuestOrder, now: Date): string {
  const open = !["delivered", "cancelled", "returned", "delayed", ...comingBack].includes(status);
  const late = expectedAt !== null && expectedAt.slice(0, 10) < now.toISOString().slice(0, 10);
  return open && late && !deliveredAt ? "overdue" : orderStatusLabels[status];
}

function day(iso: string): string {
  return new Date(iso).toLocaleDateString("en-GB", {
    weekday: "long",
    day: "numeric",
    month: "long",
    year: "numeric",
    timeZone: "UTC",
  });
}

const comingBack = ["return_requested", "exchange_requested"];

/** A product with everything that can be had of it, by the ids that changes need. */
export function productDetails({ id, name, currency, variants }: Product) {
  return {
    id,
    name,
    variants: variants.map((variant) => ({
      item: variant.id,
      options: Object.values(variant.options).join(", "),
      price: formatMoney(variant.priceCents, currency),
      available: isAvailable(variant),
    })),
  };
}

export function productFacts(product: Product): ProductFacts {
  const choices = new Map<string, Set<string>>();
  for (const { options } of product.variants) {
    for (const [name, value] of Object.entries(options)) {
      choices.set(name, (choices.get(name) ?? new Set()).add(value));
    }
  }
  return {
    id: product.id,
    name: product.name,
    price: formatMoney(product.priceCents, product.currency),
    category: product.category,
    description: product.description,
    choices: [...choices].map(([name, values]) => `${name} ${[...values].join(", ")}`).join("; "),
    inStock: product.variants.some(isAvailable),
  };
}
