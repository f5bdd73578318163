import { db, transact } from "@/lib/storage";
import type { Tx } from "@/lib/storage/schema";
import { MemoryStrategy, type StrategyOverride } from "./schema";

type Changed = { customerId: string; previous: string | null };

/**
 * Sets a conversation's own strategy, or takes it away. The version rises, so that every copy is read anew; nothing else
 * of the row is touched. False when there is no such conversation of an active customer. `record` writes the act down in
 * the same transaction.
 */
export async function changeStrategy(
  { conversationId, strategy }: { conversationId: string; strategy: MemoryStrategy | null },
  record: (tx: Tx, changed: Changed) => Promise<void>,
): Promise<boolean> {
  return await transact(async (tx) => {
    const [before] = await db(tx).$queryRaw<{ strategy: string | null }[]>`
      SELECT strategy FROM "Memory" WHERE conversation_id = ${conversationId}::uuid FOR UPDATE`;
    const [row] = await db(tx).$queryRaw<{ customer_id: string }[]>`
      INSERT INTO "Memory" (conversation_id, customer_id, version, strategy)
      SELECT c.id, c.customer_id, 1, ${strategy}::text
      FROM "Conversation" c JOIN "Customer" p ON p.id = c.customer_id
      WHERE c.id = ${conversationId}::uuid AND p.state = 'active'
      ON CONFLICT (conversation_id) DO UPDATE SET version = "Memory".version + 1,
        strategy = EXCLUDED.strategy, updated_at = now()
      RETURNING customer_id`;
    if (!row) {
      return false;
    }
    await record(tx, { customerId: row.customer_id, previous: before?.strategy ?? null });
    return true;
  });
}

/** The conversations with a strategy of their own, the last changed first. */
export async function listOverrides(limit: number): Promise<StrategyOverride[]> {
  const rows = await db().memory.findMany({
    where: { strategy: { in: [...MemoryStrategy.options] } },
    select: { conversationId: true, strategy: true },
    orderBy: { updatedAt: "desc" },
    take: limit,
  });
  return rows.flatMap(({ conversationId, strategy }) => {
    const { data } = MemoryStrategy.safeParse(strategy);
    return data ? [{ conversationId, strategy: data }] : [];
  });
}
