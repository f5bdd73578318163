import { z } from "zod";
import type { RetentionRules, RetentionTier } from "@/lib/setting/schema";

/** Why something must not be removed. A list, because free words about a person would outlive the person. */
export const HoldReason = z.enum([
  "legal_claim",
  "authority_request",
  "complaint",
  "fraud_check",
  "warranty_case",
]);
export type HoldReason = z.infer<typeof HoldReason>;

/** Why a hold ends. */
export const ReleaseReason = z.enum(["settled", "time_barred", "set_by_mistake"]);
export type ReleaseReason = z.infer<typeof ReleaseReason>;

/** A hold as admins see it. Times are ISO. */
export type HoldView = {
  id: string;
  /** The customer's only name here. */
  pseudonym: string;
  /** Null is everything of the customer. */
  conversationId: string | null;
  reason: HoldReason;
  setBy: string;
  setAt: string;
};

/** What retention would remove at one moment. */
export type RetentionDue = {
  conversations: Record<RetentionTier, number>;
  guests: number;
  facts: Record<RetentionTier, number>;
  /** Conversations that are over their days and stay: held, or of a customer whose data is restricted. */
  kept: number;
};

/** What will be due on a day (ISO date) that is not due before. */
export type RetentionDay = { day: string; conversations: number; guests: number };

export type RetentionState = {
  /** As admins have set them. */
  rules: RetentionRules;
  /** As they are kept: an operator's own rule may say otherwise. */
  inForce: RetentionRules;
  pending: { rules: RetentionRules; from: string; by: string } | null;
  changedBy: string | null;
  changedAt: string | null;
};
