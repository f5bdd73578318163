import { createHash } from "node:crypto";
import { canonical } from "./canonical";
import type { AuditEntry, AuditFault, AuditVerdict, Checkpoint } from "./schema-audit";
import { verifySigned } from "./signing";

/** What stands before the first entry. */
export const GENESIS = "0".repeat(64);

/** An entry before it is chained. */
export type Act = Omit<AuditEntry, "hash" | "prevHash" | "seq">;

/** Lower-case hex SHA-256 of the previous hash and the canonical JSON of everything but the hashes. */
export function hashOf(prevHash: string, entry: Act & { seq: number }): string {
  const { seq, timestamp, actor, anonymizedUser, action, metadata } = entry;
  const body = canonical({ seq, timestamp, actor, anonymizedUser, action, metadata });
  return createHash("sha256").update(prevHash).update(body).digest("hex");
}

/** Chains acts behind the last entry. */
export function chain(
  last: { seq: number; hash: string } | null,
  acts: readonly Act[],
): AuditEntry[] {
  let { seq, hash: prevHash } = last ?? { seq: 0, hash: GENESIS };
  return acts.map((act) => {
    seq += 1;
    const hash = hashOf(prevHash, { ...act, seq });
    const entry = { ...act, seq, prevHash, hash };
    prevHash = hash;
    return entry;
  });
}

type Walk = { seq: number; hash: string; marks: Map<number, string> };

/**
 * Checks entries (oldest first) against each other and against signed checkpoints. Finds a changed, deleted, inserted
 * or moved entry by the hashes, and a cut-off end, or a chain written anew, by the checkpoints.
 */
export async function verifyChain(
  entries: AsyncIterable<AuditEntry> | Iterable<AuditEntry>,
  checkpoints: readonly Checkpoint[],
): Promise<AuditVerdict> {
  const count = { entries: 0, checkpoints: checkpoints.length };
  const forged = checkpoints.find((each) => !isGenuine(each));
  if (forged) {
    return { ok: false, ...count, fault: "checkpoint_forged", seq: forged.seq };
  }
  const walk: Walk = {
    seq: 0,
    hash: GENESIS,
    marks: new Map(checkpoints.map(({ seq, hash }) => [seq, hash])),
  };
  for await (const entry of entries) {
    const fault = faultOf(entry, walk);
    if (fault) {
      return { ok: false, ...count, fault, seq: entry.seq };
    }
    walk.seq = entry.seq;
    walk.hash = entry.hash;
    count.entries += 1;
  }
  if (count.entries > 0 && checkpoints.length === 0) {
    return { ok: false, ...count, fault: "checkpoints_missing", seq: walk.seq };
  }
  const end = Math.max(0, ...walk.marks.keys());
  if (end > walk.seq) {
    return { ok: false, ...count, fault: "end_cut_off", seq: walk.seq + 1 };
  }
  return { ok: true, ...count, hash: walk.seq > 0 ? walk.hash : null };
}

function faultOf(entry: AuditEntry, walk: Walk): AuditFault | null {
  if (entry.seq !== walk.seq + 1) {
    return "entry_missing";
  }
  if (entry.prevHash !== walk.hash) {
    return "link_broken";
  }
  if (entry.hash !== hashOf(entry.prevHash, entry)) {
    return "entry_changed";
  }
  const marked = walk.marks.get(entry.seq);
  return marked !== undefined && marked !== entry.hash ? "checkpoint_differs" : null;
}

function isGenuine({ seq, hash, at, keyId, signature }: Checkpoint): boolean {
  return verifySigned({ seq, hash, at }, { keyId, signature });
}
