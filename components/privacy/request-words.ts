import type { Tone } from "@/components/ui/badge";
import { type DataRequestView, isOpenState, withdrawableStates } from "@/lib/privacy/schema";

type Words = { label: string; tone: Tone };

/** What the person reads about where their request stands. */
export const stateWords: Record<DataRequestView["state"], Words> = {
  identity_check: { label: "Waits for your confirmation", tone: "warning" },
  received: { label: "Received", tone: "info" },
  approved: { label: "Approved", tone: "info" },
  waiting: { label: "About to start", tone: "info" },
  running: { label: "In work", tone: "info" },
  done: { label: "Done", tone: "success" },
  failed: { label: "Delayed, we are looking into it", tone: "warning" },
  refused: { label: "Refused", tone: "danger" },
  duplicate: { label: "Asked before", tone: "neutral" },
  withdrawn: { label: "Withdrawn", tone: "neutral" },
};

export const kindWords: Record<DataRequestView["kind"], string> = {
  export: "A copy of your data",
  erasure: "Erasure of your data",
  rectification: "Correction of your data",
  restriction: "Restriction: kept, but not used",
  objection: "Objection to being remembered",
};

/** Nothing more of its kind can be asked for while it is open. */
export function isOpen({ state }: Pick<DataRequestView, "state">): boolean {
  return isOpenState(state);
}

/** It has not begun, so it can still be taken back. */
export function canWithdraw({ state }: Pick<DataRequestView, "state">): boolean {
  return withdrawableStates.includes(state);
}

const KIB = 1024;

/** "840 bytes", "12 KB", "3.4 MB". */
export function sizeText(bytes: number): string {
  if (bytes < KIB) {
    return `${bytes} bytes`;
  }
  const kilobytes = bytes / KIB;
  return kilobytes < KIB ? `${Math.ceil(kilobytes)} KB` : `${(kilobytes / KIB).toFixed(1)} MB`;
}
