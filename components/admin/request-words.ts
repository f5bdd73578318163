import type { Tone } from "@/components/ui/badge";
import type { ErasureStep, RequestKind, RequestState } from "@/lib/privacy/schema";

export const kindNames: Record<RequestKind, string> = {
  export: "Copy of the data",
  erasure: "Erasure",
};

export const stateLooks: Record<RequestState, { tone: Tone; text: string }> = {
  received: { tone: "warning", text: "To be started" },
  waiting: { tone: "info", text: "Waiting to run" },
  running: { tone: "info", text: "Running" },
  done: { tone: "success", text: "Done" },
  failed: { tone: "danger", text: "Failed" },
  refused: { tone: "neutral", text: "Refused" },
  withdrawn: { tone: "neutral", text: "Withdrawn" },
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

/** Whether it will change by itself, so that its page looks again. */
export function isMoving(state: RequestState): boolean {
  return state === "waiting" || state === "running";
}

/** Whether an admin may start it (or try again). */
export function isStartable(state: RequestState): boolean {
  return state === "received" || state === "failed";
}
