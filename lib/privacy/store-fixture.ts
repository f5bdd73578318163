import { newId } from "@/lib/id";
import { db, transact } from "@/lib/storage";
import { createKey } from "./keys";

export { db, transact };

/** A customer with a key, for tests of this room. */
export async function makeCustomer(): Promise<{ id: string; keyEpoch: number }> {
  const id = newId();
  await transact(async (tx) => {
    await db(tx).customer.create({ data: { id } });
    await createKey(id, tx);
  });
  return { id, keyEpoch: 1 };
}
