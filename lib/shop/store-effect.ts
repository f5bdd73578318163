import { z } from "zod";
import { keyOf } from "@/lib/privacy";
import { db, transact } from "@/lib/storage";
import type { Tx } from "@/lib/storage/schema";
import { plan } from "./plan";
import type { Planned, PlannedOrder, ShopState } from "./plan-state";
import { OrderStatus, type ShopCaller, VariantOptions } from "./schema";
import type { EffectResult, OrderRequest, ProfileRequest } from "./schema-effect";
import { writeChange } from "./store-change";
import { readMethods, writeAddress } from "./store-profile";

/** What a key did the first time: kept so that it is answered the same again. */
const FirstResult = z.object({
  done: z.boolean(),
  text: z.string().default("This was dealt with before."),
  error: z.string().optional(),
});

/** How an outcome is told, in words without anything personal. */
type Tell = (state: ShopState, planned: Planned) => EffectResult;

/** The state that a request would meet now, without a lock; null when the caller has no such order. */
export async function readState(
  caller: ShopCaller,
  request: OrderRequest,
): Promise<ShopState | null> {
  const row = await db().shopOrder.findFirst({
    where: { number: request.number, customerId: caller.id },
    select: { id: true },
  });
  return row ? await stateOf(caller, row.id, request) : null;
}

/**
 * Carries a request out and keeps the key, in one transaction. The order's row is locked first, then the caller's ways to
 * pay and the variants, so that one key at two processes, or two requests for one order, come one after the other.
 *
 * Null when the caller has no such order.
 */
export async function changeOnce(
  caller: ShopCaller,
  request: OrderRequest,
  key: string,
  tell: Tell,
): Promise<EffectResult | null> {
  return await transact(async (tx) => {
    const orderId = await lockOrder(tx, caller, request.number);
    if (!orderId) {
      return null;
    }
    const before = await findFirst(tx, key, { orderId, kind: request.kind });
    if (before) {
      return before;
    }
    const state = await stateOf(caller, orderId, request, tx);
    const planned = plan(state, request);
    const result = tell(state, planned);
    const swaps = planned.ok ? planned.change.swaps : undefined;
    const reason = request.kind === "cancel_order" ? request.reason : "";
    await db(tx).shopEffect.create({
      data: {
        id: key,
        orderId,
        kind: request.kind,
        reason,
        result: { ...result, ...(swaps && { swaps }) },
      },
      select: { id: true },
    });
    if (planned.ok) {
      await writeChange(tx, { caller, state, change: planned.change, key });
    }
    return result;
  });
}

async function findFirst(
  tx: Tx,
  key: string,
  { orderId, kind }: { orderId: string; kind: string },
): Promise<EffectResult | null> {
  const before = await db(tx).shopEffect.findUnique({ where: { id: key } });
  if (before && (before.orderId !== orderId || before.kind !== kind)) {
    throw new Error("This key was used for something else");
  }
  return before && FirstResult.parse(before.result);
}

/** The same for the profile, which the customer's own row locks. */
export async function changeProfileOnce(
  caller: ShopCaller,
  { kind, address }: ProfileRequest,
  key: string,
  result: EffectResult,
): Promise<EffectResult> {
  return await transact(async (tx) => {
    await db(tx).$queryRaw`
      SELECT 1 FROM "Customer" WHERE id = ${caller.id}::uuid FOR NO KEY UPDATE`;
    const before = await db(tx).shopProfileChange.findUnique({ where: { id: key } });
    if (before && before.customerId !== caller.id) {
      throw new Error("This key was used for something else");
    }
    if (before) {
      return FirstResult.parse(before.result);
    }
    await writeAddress(caller, await keyOf(caller, tx), address, tx);
    await db(tx).shopProfileChange.create({
      data: { id: key, customerId: caller.id, kind, result },
      select: { id: true },
    });
    return result;
  });
}

async function lockOrder(tx: Tx, caller: ShopCaller, number: string): Promise<string | null> {
  const [order] = await db(tx).$queryRaw<{ id: string }[]>`
    SELECT id FROM "ShopOrder" WHERE number = ${number} AND customer_id = ${caller.id}::uuid FOR UPDATE`;
  return order?.id ?? null;
}

async function stateOf(
  caller: ShopCaller,
  orderId: string,
  request: OrderRequest,
  tx?: Tx,
): Promise<ShopState> {
  const methods = await readMethods(caller, tx);
  const order = await readPlanned(orderId, tx);
  const wanted = "newItemIds" in request ? request.newItemIds : [];
  const held = order.items.flatMap(({ variantId }) => variantId ?? []);
  return {
    order,
    methods,
    variants: await readVariants([...held, ...wanted], tx),
    now: new Date(),
  };
}

async function readPlanned(id: string, tx?: Tx): Promise<PlannedOrder> {
  const row = await db(tx).shopOrder.findUniqueOrThrow({
    where: { id },
    include: {
      items: { orderBy: [{ position: "asc" }, { id: "asc" }] },
      payments: { orderBy: { position: "asc" } },
    },
  });
  return {
    ...row,
    status: OrderStatus.parse(row.status),
    payments: row.payments.map(({ kind, amountCents, methodHandle }) => ({
      kind: z.enum(["payment", "refund"]).parse(kind),
      amountCents,
      methodId: methodHandle,
    })),
  };
}

async function readVariants(ids: string[], tx?: Tx): Promise<ShopState["variants"]> {
  if (tx) {
    await db(tx).$queryRaw`
      SELECT 1 FROM "ShopVariant" WHERE id = ANY(${ids}::text[]) ORDER BY id FOR UPDATE`;
  }
  const rows = await db(tx).shopVariant.findMany({ where: { id: { in: ids } } });
  return new Map(
    rows.map((row) => [row.id, { ...row, options: VariantOptions.parse(row.options) }]),
  );
}
