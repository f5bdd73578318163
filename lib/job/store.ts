import { fromPrisma } from "pg-boss";
import { db } from "@/lib/storage";
import type { Tx } from "@/lib/storage/schema";

/** pg-boss's way into a transaction of ours: the job is there if and only if the row it concerns is. */
export function within(tx: Tx) {
  return fromPrisma(db(tx));
}
