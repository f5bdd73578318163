import { keyOf, open, seal } from "@/lib/privacy";
import type { SubjectKey } from "@/lib/privacy/schema";
import { db } from "@/lib/storage";
import type { Tx } from "@/lib/storage/schema";
import {
  CarrierEvent,
  type Order,
  type OrderDraft,
  OrderStatus,
  type Product,
  type ShopCaller,
  VariantOptions,
} from "./schema";

const TABLE = "ShopOrder";
const withParts = { items: true, shipments: true } as const;

type OrderRow = NonNullable<Awaited<ReturnType<typeof orderRow>>>;

function orderRow(customerId: string, number: string) {
  return db().shopOrder.findFirst({ where: { number, customerId }, include: withParts });
}

/** The caller's order, or null when there is none or it is somebody else's. */
export async function readOrder(caller: ShopCaller, number: string): Promise<Order | null> {
  const row = await orderRow(caller.id, number);
  return row ? toOrder(row, await keyOf(caller), await optionsOf([row])) : null;
}

export async function readOrders(caller: ShopCaller, limit: number): Promise<Order[]> {
  const rows = await db().shopOrder.findMany({
    where: { customerId: caller.id },
    include: withParts,
    orderBy: [{ placedAt: "desc" }, { id: "desc" }],
    take: limit,
  });
  if (rows.length === 0) {
    return [];
  }
  const key = await keyOf(caller);
  const options = await optionsOf(rows);
  return rows.map((row) => toOrder(row, key, options));
}

async function optionsOf(rows: OrderRow[]): Promise<Map<string, VariantOptions>> {
  const ids = rows.flatMap((row) => row.items.flatMap((item) => item.variantId ?? []));
  const variants = await db().shopVariant.findMany({ where: { id: { in: ids } } });
  return new Map(variants.map((variant) => [variant.id, VariantOptions.parse(variant.options)]));
}

function toOrder(row: OrderRow, key: SubjectKey, options: Map<string, VariantOptions>): Order {
  const reveal = (sealed: Uint8Array | null, column: string) =>
    sealed && open(key, { table: TABLE, row: row.id, column }, sealed);
  return {
    id: row.id,
    number: row.number,
    status: OrderStatus.parse(row.status),
    placedAt: row.placedAt.toISOString(),
    expectedAt: row.expectedAt?.toISOString() ?? null,
    deliveredAt: row.deliveredAt?.toISOString() ?? null,
    totalCents: row.totalCents,
    currency: row.currency,
    paymentMethod: row.paymentMethod,
    recipient: reveal(row.recipientSealed, "recipient_sealed"),
    address: reveal(row.addressSealed, "address_sealed"),
    items: row.items.map((item) => ({
      productId: item.productId,
      name: item.name,
      options: (item.variantId && options.get(item.variantId)) || null,
      quantity: item.quantity,
      priceCents: item.priceCents,
    })),
    shipments: row.shipments.map(({ carrier, trackingNumber, events }) => ({
      carrier,
      trackingNumber,
      events: CarrierEvent.array().parse(events),
    })),
  };
}

export async function hasOrder(number: string): Promise<boolean> {
  return (await db().shopOrder.count({ where: { number } })) > 0;
}

/** Writes an order with its personal columns sealed under the customer's key. */
export async function insertOrder(
  owner: ShopCaller,
  key: SubjectKey,
  order: OrderDraft & { id: string },
  newId: () => string,
  tx?: Tx,
): Promise<void> {
  const sealed = (text: string, column: string) =>
    seal(key, { table: TABLE, row: order.id, column }, text);
  await db(tx).shopOrder.create({
    data: {
      id: order.id,
      number: order.number,
      customerId: owner.id,
      status: order.status,
      placedAt: order.placedAt,
      expectedAt: order.expectedAt,
      deliveredAt: order.deliveredAt,
      totalCents: order.items.reduce((sum, item) => sum + item.quantity * item.priceCents, 0),
      currency: "EUR",
      paymentMethod: order.paymentMethod,
      recipientSealed: sealed(order.recipient, "recipient_sealed"),
      addressSealed: sealed(order.address, "address_sealed"),
      items: { create: order.items.map((item) => ({ ...item, id: newId() })) },
      shipments: {
        create: order.shipments.map((shipment) => ({ ...shipment, id: newId() })),
      },
    },
  });
}

export async function readProducts(): Promise<Product[]> {
  const rows = await db().shopProduct.findMany({
    include: { variants: { orderBy: { id: "asc" } } },
    orderBy: [{ category: "asc" }, { name: "asc" }],
  });
  return rows.map((row) => ({
    ...row,
    variants: row.variants.map(({ id, options, priceCents, stock }) => ({
      id,
      options: VariantOptions.parse(options),
      priceCents,
      stock,
    })),
  }));
}

/** Writes a product with its variants, or brings what is there up to date. */
export async function upsertProduct({ variants, ...product }: Product, tx?: Tx): Promise<void> {
  await db(tx).shopProduct.upsert({
    where: { id: product.id },
    create: product,
    update: product,
  });
  for (const { id, ...variant } of variants) {
    await db(tx).shopVariant.upsert({
      where: { id },
      create: { id, ...variant, productId: product.id },
      update: variant,
    });
  }
}
