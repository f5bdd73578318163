import { collectRows, openRows } from "./collect";
import { bases, impersonal, ownTable } from "./map-entry";
import type { DataMapEntry, Retained } from "./schema-map";
import {
  countRows,
  deleteRows,
  findChildren,
  listOrders,
  type Owned,
  ownedBy,
  type RawRow,
  releaseOrders,
  walkRows,
} from "./store-rows";

const RETAINED_YEARS = 10;
const RETAINED = `order records: ${RETAINED_YEARS} years from the end of the year (tax and commercial law)`;
const LAW = "legal duty to keep order records (Art. 6(1)(c), 17(3)(b) GDPR)";

const orders = ownedBy("ShopOrder");
const ofOrders = (table: string): Owned => ({
  table,
  where: `order_id IN (SELECT id FROM "ShopOrder" WHERE customer_id = $1::uuid)`,
  orderBy: "id",
});

async function* collectOrders(
  ...[customerId, key]: Parameters<NonNullable<DataMapEntry["collect"]>>
) {
  for await (const rows of walkRows(orders, customerId)) {
    const items = await findChildren("ShopOrderItem", "order_id", rows.map(idOf));
    const effects = await findChildren("ShopEffect", "order_id", rows.map(idOf));
    const payments = await findChildren("ShopPayment", "order_id", rows.map(idOf));
    const sentBack = await findChildren("ShopReturn", "order_id", rows.map(idOf), "order_id");
    const opened = await openRows(orders.table, rows, key);
    yield* opened.map((order) => ({
      ...order,
      items: items
        .filter((item) => item["order_id"] === order["id"])
        .map((item) => ({
          productId: item["product_id"],
          variantId: item["variant_id"],
          name: item["name"],
          quantity: item["quantity"],
          priceCents: item["price_cents"],
        })),
      changes: effects
        .filter((effect) => effect["order_id"] === order["id"])
        .map(({ kind, reason, result, created_at: at }) => ({ kind, reason, result, at })),
      payments: payments
        .filter((payment) => payment["order_id"] === order["id"])
        .map(({ kind, amount_cents: amountCents, method_handle: method, created_at: at }) => ({
          ...{ kind, amountCents, method, at },
        })),
      sentBack: sentBack
        .filter((each) => each["order_id"] === order["id"])
        .map((each) => ({
          kind: each["kind"],
          itemIds: each["item_ids"],
          newItemIds: each["new_item_ids"],
          method: each["method_handle"],
          differenceCents: each["difference_cents"],
          at: each["created_at"],
        })),
    }));
  }
}

function idOf(row: RawRow): string {
  return String(row["id"]);
}

async function retainedOrders(customerId: string): Promise<Retained[]> {
  const found = await listOrders(customerId);
  return found.map(({ number, placedAt }) => ({
    item: `order ${number}: number, items, amounts and dates`,
    basis: LAW,
    until: `${placedAt.getUTCFullYear() + RETAINED_YEARS}-12-31`,
  }));
}

const WHILE_CUSTOMER = { basis: bases.CONTRACT, retention: "until erasure" };

/** The demo merchant. Order records stay by law, untied from the person and without their personal columns. */
export const shopEntries: readonly DataMapEntry[] = [
  {
    name: "ShopShipment",
    kind: "table",
    covers: ["ShopShipment"],
    whose: "customer",
    what: "tracking numbers and the carrier's events",
    purpose: "delivery",
    basis: bases.CONTRACT,
    retention: "until erasure",
    recipients: ["the carrier"],
    collect: (customerId, key) => collectRows(ofOrders("ShopShipment"), customerId, key),
    erase: (customerId, tx) => deleteRows(ofOrders("ShopShipment"), customerId, tx),
    count: (customerId) => countRows(ofOrders("ShopShipment"), customerId),
  },
  {
    name: "ShopOrder",
    kind: "table",
    covers: ["ShopOrder", "ShopOrderItem", "ShopEffect", "ShopPayment", "ShopReturn"],
    whose: "customer",
    what: "orders with their items, amounts, payments, returns, recipient and address, and what was changed on request",
    purpose: "delivery and accounts",
    basis: LAW,
    retention: RETAINED,
    recipients: [],
    collect: collectOrders,
    erase: (customerId, tx) => releaseOrders(customerId, tx),
    count: (customerId) => countRows(orders, customerId),
    stays: retainedOrders,
  },
  ownTable(
    "ShopProfile",
    { what: "the address that orders are sent to", purpose: "delivery", ...WHILE_CUSTOMER },
    { owned: ownedBy("ShopProfile", "customer_id", "customer_id") },
  ),
  ownTable("ShopProfileChange", {
    what: "when the address was changed on request",
    purpose: "making each change once",
    ...WHILE_CUSTOMER,
  }),
  ownTable("ShopPaymentMethod", {
    what: "stored ways to pay: brand and last digits of cards, what is left on gift cards",
    purpose: "payment",
    ...WHILE_CUSTOMER,
  }),
  ownTable("ShopLookUp", {
    what: "tries to see an order by its number and e-mail, both as keyed hashes",
    purpose: "limiting such tries",
    basis: bases.INTEREST,
    retention: "one day",
  }),
  impersonal({
    name: "Connector",
    kind: "table",
    covers: ["Connector"],
    whose: "nobody",
    what: "the merchant's systems that an admin has connected, their secrets sealed",
    purpose: "answering with the merchant's own data",
    basis: "no personal data",
    retention: "until an admin removes them",
    recipients: ["the connected system: what a tool is called with"],
  }),
  impersonal({
    name: "Shop catalogue",
    kind: "table",
    covers: ["ShopProduct", "ShopVariant"],
    whose: "nobody",
    what: "products for sale",
    purpose: "the shop",
    basis: "no personal data",
    retention: "while on sale",
  }),
];
