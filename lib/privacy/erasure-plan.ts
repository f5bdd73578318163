import { findOneOffKey, makeOneOffKey } from "./one-off-key";
import { Traces } from "./schema-traces";
import { openJson, sealJson } from "./seal";
import { findPlan, storePlan } from "./store-traces";

const place = (requestId: string) => ({ table: "ErasurePlan", row: requestId, column: "sealed" });

/** Keeps what the second stage looks for, sealed under a key of this erasure's own. */
export async function keepPlan(requestId: string, traces: Traces): Promise<void> {
  await storePlan(requestId, sealJson(makeOneOffKey(requestId), place(requestId), traces));
}

/** What the second stage looks for; null where the plan or its key is not there, as after a restore. */
export async function readPlan(requestId: string): Promise<Traces | null> {
  const [sealed, key] = [await findPlan(requestId), findOneOffKey(requestId)];
  return sealed && key ? openJson(key, place(requestId), Traces, sealed) : null;
}
