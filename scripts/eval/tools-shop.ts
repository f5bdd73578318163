import { findCustomerByEmail, registerCustomer } from "@/lib/customer";
import { demoShop, importOrder, importProducts, importProfile } from "@/lib/shop";
import {
  type Order,
  OrderStatus,
  type Payment,
  type PaymentMethod,
  type ShopCaller,
} from "@/lib/shop/schema";
import { type RetailData, type RetailOrder, statusFrom, toCents } from "./tools-data";

/** Plenty, so that what the data calls available stays so. */
const STOCK = 1_000_000;
const MINUTE_MS = 60_000;

/** Who is who: the data's user ids and the customers that they became. */
export type People = Map<string, { caller: ShopCaller; email: string; names: [string, string] }>;

/** Writes the data into the product's own tables through its own doors. */
export async function importRetail(data: RetailData): Promise<People> {
  await importProducts(
    Object.values(data.products).map((product) => ({
      id: product.product_id,
      name: product.name,
      description: "",
      category: "",
      image: "",
      priceCents: 0,
      currency: "USD",
      variants: Object.values(product.variants).map((variant) => ({
        id: variant.item_id,
        options: variant.options,
        priceCents: toCents(variant.price),
        stock: STOCK,
        onSale: variant.available,
      })),
    })),
  );
  const people: People = new Map();
  for (const [userId, user] of Object.entries(data.users)) {
    const { first_name: first, last_name: last } = user.name;
    await registerCustomer(null, { email: user.email, name: `${first} ${last}` });
    const known = await findCustomerByEmail(user.email);
    if (!known) {
      throw new Error(`${userId} was not stored`);
    }
    const caller = { id: known.id, keyEpoch: 1 };
    people.set(userId, { caller, email: user.email, names: [first, last] });
    await importProfile(caller, {
      address: user.address,
      paymentMethods: Object.values(user.payment_methods).map(toMethod),
    });
    for (const [at, orderId] of user.orders.entries()) {
      const order = data.orders[orderId];
      if (order) {
        await importOrder(caller, toDraft(order, new Date(at * MINUTE_MS)));
      }
    }
  }
  return people;
}

type RetailMethod = RetailData["users"][string]["payment_methods"][string];

function toMethod({
  id,
  source,
  brand,
  last_four: lastFour,
  balance,
}: RetailMethod): PaymentMethod {
  return {
    id,
    source,
    balanceCents: balance === undefined ? null : toCents(balance),
    details: brand && lastFour ? { brand, lastFour } : null,
  };
}

function toDraft(order: RetailOrder, placedAt: Date) {
  return {
    number: order.order_id.replace(/^#/, ""),
    status: OrderStatus.parse(statusFrom[order.status as keyof typeof statusFrom]),
    placedAt,
    expectedAt: null,
    deliveredAt: null,
    paymentMethod: "as paid",
    recipient: "",
    address: order.address,
    items: order.items.map((item) => ({
      productId: item.product_id,
      variantId: item.item_id,
      name: item.name,
      quantity: 1,
      priceCents: toCents(item.price),
    })),
    payments: order.payment_history.map((payment) => ({
      kind: payment.transaction_type,
      amountCents: toCents(payment.amount),
      methodId: payment.payment_method_id,
    })),
    shipments: order.fulfillments.map(({ tracking_id: tracking, item_ids: itemIds }) => ({
      carrier: "",
      trackingNumber: tracking.join(" "),
      events: [],
      itemIds,
    })),
  };
}

const statusTo = new Map<string, string>(
  Object.entries(statusFrom).map(([theirs, ours]) => [ours, theirs]),
);

/** An order in the data's shape. */
export function showOrder(order: Order, userId: string): Record<string, unknown> {
  const { sentBack } = order;
  return {
    order_id: `#${order.number}`,
    user_id: userId,
    address: order.shipTo,
    items: order.items.map((item) => ({
      name: item.name,
      product_id: item.productId,
      item_id: item.itemId,
      price: item.priceCents / 100,
      options: item.options,
    })),
    status: statusTo.get(order.status),
    fulfillments: order.shipments.map(({ trackingNumber, itemIds = [] }) => ({
      tracking_id: trackingNumber.split(" "),
      item_ids: itemIds,
    })),
    payment_history: order.payments.map((payment) => ({
      transaction_type: payment.kind,
      amount: showAmount(payment),
      payment_method_id: payment.methodId,
    })),
    ...(order.cancelReason !== null && { cancel_reason: order.cancelReason }),
    ...(sentBack && {
      [`${sentBack.kind}_items`]: [...sentBack.itemIds].sort(),
      ...(sentBack.kind === "exchange" && {
        exchange_new_items: [...sentBack.newItemIds].sort(),
      }),
      [`${sentBack.kind}_payment_method_id`]: sentBack.methodId,
      ...(sentBack.differenceCents !== null && {
        exchange_price_difference: sentBack.differenceCents / 100,
      }),
    }),
  };
}

/**
 * Ours are whole cents. The data's shop adds up floating dollars where items change (53.48 − 53.43 is
 * 0.04999999999999716 there), so to be compared the same prices are added up the same way.
 */
function showAmount({ amountCents, swaps }: Payment): number {
  if (!swaps) {
    return amountCents / 100;
  }
  return Math.abs(
    swaps.reduce((sum, { fromCents, toCents: to }) => sum + (to / 100 - fromCents / 100), 0),
  );
}

/** A user in the data's shape. */
export async function showUser(people: People, userId: string): Promise<Record<string, unknown>> {
  const person = people.get(userId);
  if (!person) {
    throw new Error(`Nobody is called ${userId}`);
  }
  const { address, paymentMethods } = await demoShop.findProfile(person.caller);
  const orders = await demoShop.findOrders(person.caller, 1000);
  const [first, last] = person.names;
  return {
    user_id: userId,
    name: { first_name: first, last_name: last },
    address,
    email: person.email,
    payment_methods: Object.fromEntries(
      paymentMethods.map(({ id, source, balanceCents, details }) => [
        id,
        {
          source,
          id,
          ...(details && { brand: details.brand, last_four: details.lastFour }),
          ...(balanceCents !== null && { balance: balanceCents / 100 }),
        },
      ]),
    ),
    orders: orders.toReversed().map(({ number }) => `#${number}`),
  };
}
