import { z } from "zod";

export type CustomerKind = "guest" | "registered";
export type CustomerState = "active" | "restricted" | "erasing" | "erased";
export type Tier = "guest" | "trial" | "standard" | "premium";

/** A customer with what they told about themselves opened. */
export type CustomerView = {
  id: string;
  kind: CustomerKind;
  state: CustomerState;
  keyEpoch: number;
  sessionEpoch: number;
  tier: Tier;
  memoryOn: boolean;
  name: string | null;
  email: string | null;
  createdAt: string;
  lastSeenAt: string;
};

/**
 * What stands before the first message. A change of the words is a new version; whoever agreed to one before
 * `askedSince` is asked again.
 */
export type ConsentText = {
  version: number;
  askedSince: number;
  hash: string;
  title: string;
  points: string[];
  /** Who is responsible, and how they are reached; empty until an admin has written it. */
  controller: string;
  contact: string;
};

const Box = z
  .literal("on")
  .optional()
  .transform((box) => box === "on");

/** What can be refused by itself: to be remembered, and to be counted for those who answer. Boxes of a form. */
export const ConsentPurposes = z.object({ memory: Box, analytics: Box });
export type ConsentPurposes = z.output<typeof ConsentPurposes>;

/** An agreement, with the version of the words that somebody had before them. */
export const ConsentGiven = ConsentPurposes.extend({ version: z.coerce.number().int().positive() });

export type ConsentView = ConsentPurposes & {
  textVersion: number;
  givenAt: string;
  /** False when the words have changed since in a way that asks again. */
  current: boolean;
};

/** A text as it was shown, and whether it asked everybody again. */
export type ConsentVersionView = Omit<ConsentText, "askedSince"> & {
  asks: boolean;
  /** An admin's id, "system" where a rule's days have changed, null for the words that came with the product. */
  createdBy: string | null;
  createdAt: string;
};

export {
  type Fact,
  type FactFinder,
  FactKind,
  type FactLimits,
  type FactLine,
  type FoundFact,
} from "./schema-fact";
