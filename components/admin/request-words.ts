import type { Tone } from "@/components/ui/badge";
import type { ErasureStep, RequestKind, RequestState } from "@/lib/privacy/schema";

export const kindNames: Record<RequestKind, string> = {
  export: "Copy of the data",
  erasure: "Erasure",
  rectification: "Correction",
  restriction: "Restriction",
  objection: "Objection",
};

export const stateLooks: Record<RequestState, { tone: Tone; text: string }> = {
  identity_check: { tone: "neutral", text: "Identity check" },
  received: { tone: "warning", text: "To be decided" },
  approved: { tone: "info", text: "Approved" },
  waiting: { tone: "info", text: "Waiting to run" },
  running: { tone: "info", text: "Running" },
  done: { tone: "success", text: "Done" },
  failed: { tone: "danger", text: "Failed" },
  duplicate: { tone: "neutral", text: "Duplicate" },
  refused: { tone: "neutral", text: "Refused" },
  withdrawn: { tone: "neutral", text: "Withdrawn" },
};

/** The words on the button that says yes. */
export const approveWords: Record<RequestKind, string> = {
  export: "Make the file",
  erasure: "Erase this customer",
  rectification: "Put it right",
  restriction: "Restrict their data",
  objection: "Switch memory off for them",
};

/** What each step of an erasure does, in order. */
export const stepNames: Record<ErasureStep, string> = {
  reads_closed: "Reads are closed",
  planned: "What belongs to the person is listed",
  ledger_written: "A line is in the erasure ledger, outside the database",
  turns_stopped: "Running answers are stopped",
  key_destroyed: "The key is destroyed",
  snapshot_cleared: "The key is overwritten in the key snapshot",
  stores_cleared: "Rows, caches, jobs and files are removed",
  scanned: "Every store was searched and holds nothing",
  receipt_signed: "The receipt is signed",
  rewritten: "Tables are written anew, without the bytes of removed rows",
  log_switched: "The database’s log has moved on and is overwritten",
  copies_rewritten: "Redis has written its files anew",
  searched: "Every store and every file in reach was searched and holds nothing",
  second_signed: "The second part of the receipt is signed",
};

/** Whether an admin may say yes to it, or try it again. A correction is approved by putting it right. */
export function isStartable(state: RequestState, kind: RequestKind): boolean {
  return state === "failed" || (state === "received" && kind !== "rectification");
}

/** Whether it will change by itself, so that its page looks again. */
export function isMoving(state: RequestState): boolean {
  return state === "waiting" || state === "running";
}
