import { db } from "@/lib/storage";

type Owner = { id: string; keyEpoch: number; state: string };

/** A customer as whoever moves their memory needs them; null when there is none. */
export async function findCustomerOwner(customerId: string): Promise<Owner | null> {
  const [row] = await db().$queryRaw<Owner[]>`
    SELECT id, key_epoch AS "keyEpoch", state::text FROM "Customer" WHERE id = ${customerId}::uuid`;
  return row ?? null;
}

/** The ids of a customer's conversations. */
export async function listConversationIds(customerId: string): Promise<string[]> {
  const rows = await db().$queryRaw<{ id: string }[]>`
    SELECT id FROM "Conversation" WHERE customer_id = ${customerId}::uuid ORDER BY id`;
  return rows.map(({ id }) => id);
}
