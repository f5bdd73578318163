import { newId } from "@/lib/id";
import { closePostgres, db, transact } from "@/lib/storage";
import type { Tx } from "@/lib/storage/schema";
import type { CustomerState } from "./schema";

export { closePostgres };

export async function setState(id: string, state: CustomerState): Promise<void> {
  await db().customer.update({ where: { id }, data: { state } });
}

/** The row as its bytes lie in the table, text columns and sealed ones alike. */
export async function readRaw(id: string): Promise<string> {
  const row = await db().customer.findUniqueOrThrow({ where: { id } });
  return Object.values(row)
    .map((value) => (value instanceof Uint8Array ? Buffer.from(value).toString("latin1") : value))
    .join("\n");
}

/** An empty conversation of a customer. */
export async function makeConversation(customerId: string): Promise<string> {
  const id = newId();
  await db().conversation.create({ data: { id, customerId } });
  return id;
}

/** What a test does to a conversation besides the doors of this room, in a transaction. */
export async function inTx<T>(
  run: (own: { tx: Tx; setLastSeq(id: string, lastSeq: number): Promise<unknown> }) => Promise<T>,
): Promise<T> {
  return await transact((tx) =>
    run({
      tx,
      setLastSeq: (id, lastSeq) => db(tx).conversation.update({ where: { id }, data: { lastSeq } }),
    }),
  );
}

/** A customer's facts as their bytes lie in the table. */
export async function readRawFacts(customerId: string): Promise<string> {
  const rows = await db().fact.findMany({ where: { customerId } });
  return rows
    .flatMap((row) => Object.values(row))
    .map((value) => (value instanceof Uint8Array ? Buffer.from(value).toString("latin1") : value))
    .join("\n");
}
