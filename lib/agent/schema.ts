import type { RedactedText } from "@/lib/privacy/schema";

/** Which model answers: the page says it, because people may know whether a large model reads them. */
export type ModelInUse = { kind: "offline" | "openai"; name: string };

/** A message as a case summary reads it. */
export type CaseMessage = { id: string; speaker: string; text: RedactedText };

/** What a lead reads first: one line, a topic, and sentences with the messages that each rests on. */
export type CaseDraft = {
  line: RedactedText;
  topic: string;
  sentences: { text: RedactedText; sources: string[] }[];
};

export type CaseSummaryModel = (messages: CaseMessage[]) => Promise<CaseDraft>;
