import { newId } from "@/lib/id";
import { keyOf, seal } from "@/lib/privacy";
import { db } from "@/lib/storage";
import type { Tx } from "@/lib/storage/schema";
import type { Change, PlannedItem, ShopState } from "./plan-state";
import type { ShopCaller } from "./schema";

type Written = { caller: ShopCaller; state: ShopState; change: Change; key: string };

/** Writes a change of an order, inside the transaction that holds its locks. */
export async function writeChange(tx: Tx, { caller, state, change, key }: Written): Promise<void> {
  const { order } = state;
  const { status, cancelReason, paymentMethod, items, address } = change;
  await db(tx).shopOrder.update({
    where: { id: order.id },
    data: {
      ...(status && { status }),
      ...(cancelReason && { cancelReason }),
      ...(paymentMethod && { paymentMethod }),
      ...(status === "cancelled" && { expectedAt: null }),
      ...(items && { totalCents: totalOf(items) }),
      ...(address && {
        addressSealed: seal(
          await keyOf(caller, tx),
          { table: "ShopOrder", row: order.id, column: "address_sealed" },
          JSON.stringify(address),
        ),
      }),
    },
    select: { id: true },
  });
  if (items) {
    await writeItems(tx, order.id, items);
  }
  await writeMoney(tx, { caller, state, change, key });
  await writeStock(tx, change.stock ?? new Map());
  if (change.sentBack) {
    const { methodId: methodHandle, ...sentBack } = change.sentBack;
    const data = { orderId: order.id, ...sentBack, methodHandle };
    await db(tx).shopReturn.create({ data, select: { orderId: true } });
  }
}

function totalOf(items: readonly PlannedItem[]): number {
  return items.reduce((sum, { quantity, priceCents }) => sum + quantity * priceCents, 0);
}

async function writeItems(tx: Tx, orderId: string, items: readonly PlannedItem[]): Promise<void> {
  await db(tx).shopOrderItem.deleteMany({ where: { orderId } });
  await db(tx).shopOrderItem.createMany({
    data: items.map(({ id, productId, variantId, name, quantity, priceCents }, position) => ({
      id: id || newId(),
      ...{ orderId, productId, variantId, name, quantity, priceCents, position },
    })),
  });
}

async function writeMoney(tx: Tx, { caller, state, change, key }: Written): Promise<void> {
  const { id: orderId, payments: before } = state.order;
  await db(tx).shopPayment.createMany({
    data: (change.payments ?? []).map(({ kind, amountCents, methodId: methodHandle }, at) => ({
      id: newId(),
      effectId: key,
      position: before.length + at,
      ...{ orderId, kind, amountCents, methodHandle },
    })),
  });
  for (const [handle, gain] of change.credits ?? []) {
    await db(tx).shopPaymentMethod.updateMany({
      where: { customerId: caller.id, handle },
      data: { balanceCents: { increment: gain } },
    });
  }
}

async function writeStock(tx: Tx, stock: ReadonlyMap<string, number>): Promise<void> {
  for (const [id, gain] of [...stock].sort()) {
    await db(tx).shopVariant.updateMany({ where: { id }, data: { stock: { increment: gain } } });
  }
}
