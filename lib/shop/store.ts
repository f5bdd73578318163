import { z } from "zod";
import { keyOf, open, seal } from "@/lib/privacy";
import type { SubjectKey } from "@/lib/privacy/schema";
import { db, type Prisma } from "@/lib/storage";
import type { Tx } from "@/lib/storage/schema";
import {
  addressLine,
  CarrierEvent,
  type Order,
  type OrderDraft,
  OrderStatus,
  type Product,
  type ShopCaller,
  VariantOptions,
} from "./schema";
import { type Payment, Swap } from "./schema-profile";
import { readAddress } from "./store-profile";

const TABLE = "ShopOrder";
const withParts = {
  items: { orderBy: [{ position: "asc" }, { id: "asc" }] },
  shipments: true,
  payments: { orderBy: { position: "asc" } },
  effects: { select: { id: true, result: true } },
  sentBack: true,
} satisfies Prisma.ShopOrderInclude;

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
  const address = reveal(row.addressSealed, "address_sealed");
  const shipTo = address === null ? null : readAddress(address);
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
    address: shipTo && addressLine(shipTo),
    shipTo,
    items: row.items.map((item) => ({
      productId: item.productId,
      itemId: item.variantId,
      name: item.name,
      options: (item.variantId && options.get(item.variantId)) || null,
      quantity: item.quantity,
      priceCents: item.priceCents,
    })),
    shipments: row.shipments.map(({ carrier, trackingNumber, events, itemIds }) => ({
      carrier,
      trackingNumber,
      events: CarrierEvent.array().parse(events),
      itemIds,
    })),
    payments: paymentsOf(row),
    cancelReason: row.cancelReason,
    sentBack: row.sentBack && {
      kind: row.sentBack.kind === "exchange" ? "exchange" : "return",
      itemIds: row.sentBack.itemIds,
      newItemIds: row.sentBack.newItemIds,
      methodId: row.sentBack.methodHandle,
      differenceCents: row.sentBack.differenceCents,
    },
  };
}

const WithSwaps = z.object({ swaps: Swap.array().optional() });

function paymentsOf({ payments, effects }: OrderRow): Payment[] {
  const swaps = new Map(
    effects.map(({ id, result }) => [id, WithSwaps.parse(result).swaps ?? null]),
  );
  return payments.map(({ kind, amountCents, methodHandle, effectId }) => ({
    kind: kind === "refund" ? "refund" : "payment",
    amountCents,
    methodId: methodHandle,
    swaps: (effectId && swaps.get(effectId)) || null,
  }));
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
      addressSealed: sealed(writtenAddress(order.address), "address_sealed"),
      items: {
        create: order.items.map((item, position) => ({ ...item, id: newId(), position })),
      },
      payments: {
        create: (order.payments ?? []).map(({ methodId, ...payment }, position) => ({
          ...payment,
          methodHandle: methodId,
          id: newId(),
          position,
        })),
      },
      shipments: {
        create: order.shipments.map((shipment) => ({ ...shipment, id: newId() })),
      },
    },
  });
}

function writtenAddress(address: OrderDraft["address"]): string {
  return typeof address === "string" ? address : JSON.stringify(address);
}

export async function readProducts(): Promise<Product[]> {
  const rows = await db().shopProduct.findMany({
    include: { variants: { orderBy: [{ position: "asc" }, { id: "asc" }] } },
    orderBy: [{ category: "asc" }, { name: "asc" }],
  });
  return rows.map((row) => ({
    ...row,
    variants: row.variants.map(({ id, options, priceCents, stock, onSale }) => ({
      id,
      options: VariantOptions.parse(options),
      priceCents,
      stock,
      onSale,
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
  for (const [position, { id, ...variant }] of variants.entries()) {
    await db(tx).shopVariant.upsert({
      where: { id },
      create: { id, ...variant, position, productId: product.id },
      update: { ...variant, position },
    });
  }
}
