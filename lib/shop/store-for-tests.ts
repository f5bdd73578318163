import { db } from "@/lib/storage";

/** What the shop's own tables hold of an order: its state, what was done to it, and the stock of its first item. */
export async function readShop(number: string) {
  const order = await db().shopOrder.findUniqueOrThrow({
    where: { number },
    include: { items: true, effects: true },
  });
  const variantId = order.items[0]?.variantId ?? "";
  const variant = await db().shopVariant.findUniqueOrThrow({ where: { id: variantId } });
  return { status: order.status, effects: order.effects, stock: variant.stock };
}

export async function setOrder(number: string, status: string): Promise<void> {
  await db().shopOrder.update({ where: { number }, data: { status } });
}

export async function readStock(variantId: string): Promise<number> {
  return (await db().shopVariant.findUniqueOrThrow({ where: { id: variantId } })).stock;
}

export async function readBooks(number: string) {
  return await db().shopOrder.findUniqueOrThrow({
    where: { number },
    select: {
      payments: { select: { amountCents: true, methodHandle: true } },
      sentBack: { select: { methodHandle: true } },
    },
  });
}

/** A connector as it lies in the database, bytes as text. */
export async function readConnectorRow(id: string) {
  const [row] = await db().$queryRaw<{ text: string }[]>`
    SELECT c::text || convert_from(decode(encode(secret_sealed, 'hex'), 'escape'), 'LATIN1') AS text
    FROM "Connector" c WHERE id = ${id}::uuid`;
  return row;
}
