import { z } from "zod";
import type { RedactedText } from "@/lib/privacy/schema";

/**
 * Who somebody is and where they are reached, what they prefer, what else they stated about themselves, and what is
 * still open with the shop.
 */
export const FactKind = z.enum(["profile", "preference", "statement", "matter"]);
export type FactKind = z.infer<typeof FactKind>;

/** What a fact says, in placeholder form; its subject is always the customer. */
export const FactBody = z.object({
  kind: FactKind,
  predicate: z.string().min(1),
  object: z.custom<RedactedText>((value) => typeof value === "string" && value !== ""),
});
export type FactBody = z.infer<typeof FactBody>;

/** A fact across conversations. Times are ISO; `until` is null where no end is known. */
export type Fact = FactBody & {
  id: string;
  /** From 0 to 1: how sure it is that the customer meant this. */
  confidence: number;
  conversationId: string | null;
  /** The message that said so; null where the customer wrote it on their memory page. */
  messageId: string | null;
  since: string;
  until: string | null;
  supersededById: string | null;
};

/** A line of the record as this room reads it. */
export type FactLine = {
  id: string;
  seq: number;
  role: string;
  speaker: string;
  text: RedactedText;
  createdAt: string;
};

/** What an extractor found in one of the lines. `ends` takes it back: it held, and does no longer. */
export type FoundFact = {
  /** The id of the line that says so. */
  source: string;
  kind: FactKind;
  predicate: string;
  object: string;
  confidence: number;
  ends?: boolean;
};

/** Finds what lines of the customer state about them; the lines before tell what their words stand for. */
export type FactFinder = (before: FactLine[], lines: FactLine[]) => Promise<FoundFact[]>;

/** Why something is not remembered across conversations. */
export type FactRefusal =
  | "too_long"
  | "empty"
  | "template"
  | "pleasantry"
  | "instruction"
  | "third_person"
  | "not_said"
  | "not_sure";

export type FactLimits = {
  /** Facts less sure than this are left out. */
  confidenceMin: number;
  /** So many are kept of one customer; the oldest that ended go first. */
  factsMax: number;
  /** An open matter that nobody speaks of any more is forgotten to be open after so many days. */
  matterDays: number;
};
