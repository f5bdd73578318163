import type { Tx } from "@/lib/storage/schema";
import { verifyChain } from "./audit-chain";
import { readCheckpoints, writeCheckpoint } from "./checkpoint";
import { anonymizeUserId } from "./index-hash";
import { type AuditAct, type AuditPage, type AuditVerdict, auditMetadata } from "./schema-audit";
import { type AuditFilter, appendBatch, findEntries, insertAct, walkEntries } from "./store-audit";

/**
 * Writes an act down in the transaction of the act: both happen or neither. The customer is named by pseudonym, and
 * metadata holds ids, codes and counts only, checked by a schema per action.
 */
export async function audit(tx: Tx, act: AuditAct): Promise<void> {
  const parsed = auditMetadata[act.action].safeParse(act.metadata ?? {});
  if (!parsed.success) {
    // Only the fields' names: a value that is wrong here may be a person's.
    const fields = parsed.error.issues.map((issue) => issue.path.join(".") || issue.code);
    throw new Error(`The metadata of ${act.action} is wrong: ${fields.join(", ")}`);
  }
  await insertAct(
    {
      actor: act.actor,
      anonymizedUser: act.customerId ? anonymizeUserId(act.customerId) : null,
      action: act.action,
      metadata: parsed.data as Record<string, string | number | boolean>,
    },
    tx,
  );
}

/** Chains every waiting act and signs the new end outside the database. Returns how many were chained. */
export async function appendAudit(): Promise<number> {
  let count = 0;
  for (let batch = await appendBatch(); batch; batch = await appendBatch()) {
    await writeCheckpoint(batch.end);
    count += batch.count;
  }
  return count;
}

/** A page of the log, newest first; filters are exact. `limit` is at most 200. */
export async function listAudit(filter: AuditFilter & { limit?: number }): Promise<AuditPage> {
  const { limit = 50, ...where } = filter;
  const size = Math.min(Math.max(1, limit), 200);
  const found = await findEntries(where, size + 1);
  const entries = found.slice(0, size);
  return { entries, next: found.length > size ? (entries.at(-1)?.seq ?? null) : null };
}

/** Walks the whole chain: true only when no entry was changed, deleted, inserted, moved or cut off the end. */
export async function verifyAudit(tx?: Tx): Promise<AuditVerdict> {
  // Read first: what is appended meanwhile is in the chain but in no checkpoint of ours.
  const checkpoints = await readCheckpoints();
  return await verifyChain(walkEntries(tx), checkpoints);
}
