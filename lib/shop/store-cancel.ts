import { z } from "zod";
import { db, transact } from "@/lib/storage";
import type { Tx } from "@/lib/storage/schema";
import { isCancellable, OrderStatus, type ShopCaller } from "./schema";
import type { CancelOrder } from "./schema-effect";

/** What a key did the first time: kept so that it is answered the same again. */
const FirstResult = z.object({ done: z.boolean(), status: OrderStatus });

type OrderRow = {
  id: string;
  number: string;
  status: string;
  totalCents: number;
  currency: string;
  paymentMethod: string;
};
type Outcome = z.infer<typeof FirstResult> & { order: OrderRow };

/**
 * Cancels the caller's order, puts its items back on the shelf and keeps the key, in one transaction. The order's row is
 * locked first, so that one key at two processes, or two keys for one order, come one after the other.
 *
 * Null when the caller has no such order.
 */
export async function cancelOnce(
  caller: ShopCaller,
  { kind, number, reason }: CancelOrder,
  key: string,
): Promise<Outcome | null> {
  return await transact(async (tx) => {
    const order = await lockOrder(tx, caller, number);
    if (!order) {
      return null;
    }
    const before = await db(tx).shopEffect.findUnique({ where: { id: key } });
    if (before && before.orderId !== order.id) {
      throw new Error("This key was used for another order");
    }
    if (before) {
      return { ...FirstResult.parse(before.result), order };
    }
    const status = OrderStatus.parse(order.status);
    const done = isCancellable(status);
    if (done) {
      await cancel(tx, order.id);
    }
    const result = { done, status };
    await db(tx).shopEffect.create({
      data: { id: key, orderId: order.id, kind, reason, result },
      select: { id: true },
    });
    return { ...result, order };
  });
}

async function lockOrder(tx: Tx, caller: ShopCaller, number: string): Promise<OrderRow | null> {
  const [order] = await db(tx).$queryRaw<OrderRow[]>`
    SELECT id, number, status, total_cents AS "totalCents", currency, payment_method AS "paymentMethod"
    FROM "ShopOrder" WHERE number = ${number} AND customer_id = ${caller.id}::uuid FOR UPDATE`;
  return order ?? null;
}

async function cancel(tx: Tx, orderId: string): Promise<void> {
  await db(tx).shopOrder.update({
    where: { id: orderId },
    data: { status: "cancelled", expectedAt: null },
    select: { id: true },
  });
  await db(tx).$executeRaw`
    UPDATE "ShopVariant" v SET stock = v.stock + i.quantity
    FROM (SELECT variant_id, sum(quantity)::int AS quantity FROM "ShopOrderItem"
          WHERE order_id = ${orderId}::uuid AND variant_id IS NOT NULL GROUP BY variant_id) i
    WHERE v.id = i.variant_id`;
}
