import { closePostgres, db } from "@/lib/storage";
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
