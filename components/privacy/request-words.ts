import type { Tone } from "@/components/ui/badge";
import type { DataRequestView } from "@/lib/privacy/schema";

type Words = { label: string; tone: Tone };

/** What the person reads about where their request stands. */
export const stateWords: Record<DataRequestView["state"], Words> = {
  received: { label: "Received", tone: "info" },
  waiting: { label: "About to start", tone: "info" },
  running: { label: "In work", tone: "info" },
  done: { label: "Done", tone: "success" },
  failed: { label: "Delayed, we are looking into it", tone: "warning" },
  refused: { label: "Refused", tone: "danger" },
  withdrawn: { label: "Withdrawn", tone: "neutral" },
};

export const kindWords: Record<DataRequestView["kind"], string> = {
  export: "A copy of your data",
  erasure: "Erasure of your data",
};

const OPEN: readonly DataRequestView["state"][] = ["received", "waiting", "running", "failed"];

/** Nothing more of its kind can be asked for while it is open. */
export function isOpen({ state }: Pick<DataRequestView, "state">): boolean {
  return OPEN.includes(state);
}

/** It has not begun, so it can still be taken back. */
export function canWithdraw({ state }: Pick<DataRequestView, "state">): boolean {
  return state === "received" || state === "waiting";
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
