import { z } from "zod";

/** proposed → confirmed → executing → done | failed; or declined, or expired. Nothing is done before `confirmed`. */
export const ProposalState = z.enum([
  "proposed",
  "confirmed",
  "executing",
  "done",
  "failed",
  "expired",
  "declined",
]);
export type ProposalState = z.infer<typeof ProposalState>;

/**
 * Why a proposal ended without its effect. Declined: by the customer, because a person took over, because the matter was
 * solved, or because a newer proposal took its place. Failed: the shop refused, nobody got to it in time, or it is not
 * known whether it was done, and a person looks.
 */
export const ProposalWhy = z.enum([
  "customer",
  "taken_over",
  "solved",
  "replaced",
  "refused",
  "late",
  "uncertain",
]);
export type ProposalWhy = z.infer<typeof ProposalWhy>;

/** Exactly what will happen, as the customer reads it before they confirm. */
export const ProposalCard = z.object({
  title: z.string(),
  facts: z.array(z.object({ label: z.string(), values: z.array(z.string()) })),
  consequence: z.string(),
  /** The words on the button. */
  confirm: z.string(),
});
export type ProposalCard = z.infer<typeof ProposalCard>;

/** A proposal as a screen shows it, after the answer of its turn. */
export const ProposalView = z.object({
  id: z.uuid(),
  turnId: z.uuid(),
  state: ProposalState,
  why: ProposalWhy.nullable(),
  card: ProposalCard,
  /** What came of it, in the shop's words. */
  result: z.string().nullable(),
  expiresAt: z.iso.datetime(),
});
export type ProposalView = z.infer<typeof ProposalView>;

/** An effect that a turn proposes; it is stored with the turn's answer. Card and arguments come from the shop. */
export type NewProposal = {
  /** Also the idempotency key of the effect. */
  id: string;
  tool: string;
  /** The exact arguments, as JSON. */
  args: string;
  /** What would be changed: of two open proposals about the same thing the newer stays. */
  subject: string;
  /** In the placeholder form. */
  card: ProposalCard;
};

/** A confirmed proposal that this runner carries out. */
export type ClaimedProposal = {
  id: string;
  conversationId: string;
  customerId: string;
  keyEpoch: number;
  tool: string;
  args: string;
  runnerId: string;
  /** Above 1: somebody began before, and it is not known how far they came. */
  attempt: number;
};

/** A proposal's result stands in the record as a tool call under this id: at most 40 characters, as models want it. */
export function effectCallId(proposalId: string): string {
  return `effect_${proposalId.replaceAll("-", "")}`;
}

/** Whether a tool call of the record tells the result of a confirmed proposal. */
export function isEffectCall(callId: string): boolean {
  return callId.startsWith("effect_");
}
