import type { SummaryView } from "@/lib/summary/schema";

type Missing = Exclude<SummaryView, { state: "ready" }>;

const reasons: Record<Missing["why"], string> = {
  too_short: "The conversation is too short: one is written once both sides have said something.",
  being_written: "It is written once the conversation pauses, and then appears here by itself.",
  failed: "Writing it failed. It is tried again with the next message.",
};

/** Why there is no summary, and what will bring one. */
export function whyNoSummary(summary: Missing): string {
  return reasons[summary.why];
}
