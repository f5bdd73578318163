import { z } from "zod";
import type { RedactedText } from "@/lib/privacy/schema";

const Redacted = z.custom<RedactedText>((value) => typeof value === "string", "must be text");

/** A sentence as a lead edits it, with the messages that it rests on. */
export const SummarySentence = z.object({
  text: z.string().trim().min(1).max(1000),
  sources: z.array(z.uuid()).max(50),
});
export type SummarySentence = z.infer<typeof SummarySentence>;

/** The sealed body of a version. A sentence that no message supports is kept, flagged, and shown to nobody. */
export const CaseSummaryBody = z.object({
  line: Redacted,
  topic: z.string(),
  sentences: z.array(
    z.object({ text: Redacted, sources: z.array(z.string()), supported: z.boolean() }),
  ),
  /** The lead who wrote this version, by name; absent when the agent did. */
  author: z.string().optional(),
});
export type CaseSummaryBody = z.infer<typeof CaseSummaryBody>;

/** A message as the model that writes summaries reads it. */
export type CaseLine = { id: string; seq: number; speaker: string; text: RedactedText };

export type CaseDraft = {
  line: RedactedText;
  topic: string;
  sentences: { text: RedactedText; sources: string[] }[];
};

/** Writes a case summary. Throws when it cannot; an answer without a supported sentence is a failure too. */
export type CaseSummaryModel = (lines: CaseLine[]) => Promise<CaseDraft>;

/** Why there is none: nobody answered yet, it is on its way, or the model failed and the job tries again. */
export type NoSummaryWhy = "too_short" | "being_written" | "failed";

/** What stands beside a transcript. */
export type SummaryView =
  | {
      state: "ready";
      version: number;
      line: string;
      topic: string;
      sentences: SummarySentence[];
      reviewed: boolean;
      /** The name of the lead who wrote this version; null when the agent did. */
      author: string | null;
      createdAt: string;
    }
  | { state: "none"; why: NoSummaryWhy };

/** A row of the summaries page; `relevance` is 0 to 1 and null where nothing was searched. */
export type SummaryRow = {
  conversationId: string;
  anonymizedUser: string;
  /** Null when the words were found in messages of a conversation that has no summary. */
  summary: string | null;
  topic: string | null;
  version: number | null;
  reviewed: boolean;
  relevance: number | null;
  lastMessageAt: string;
  createdAt: string | null;
  /** It is there and cannot be opened right now; the operators have been told. */
  keyMissing?: true;
};

export type SummaryPage = { rows: SummaryRow[]; next: string | null };

export const SummaryQuery = z.object({
  query: z.string().trim().max(300).optional(),
  customerId: z.uuid().optional(),
  reviewed: z.boolean().optional(),
  limit: z.number().int().min(1).max(100).default(10),
  cursor: z.string().max(300).nullish(),
});
export type SummaryQuery = z.input<typeof SummaryQuery>;

/** What a job did: `busy` when another one writes, `current` when nothing was said since the last version. */
export type SummarizeResult = "ready" | "too_short" | "busy" | "current" | "inactive" | "dropped";
