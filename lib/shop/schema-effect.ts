import { z } from "zod";

export const CancelReason = z.enum(["no_longer_needed", "ordered_by_mistake"]);
export type CancelReason = z.infer<typeof CancelReason>;

export const cancelReasonLabels: Record<CancelReason, string> = {
  no_longer_needed: "no longer needed",
  ordered_by_mistake: "ordered by mistake",
};

const CancelOrder = z.object({
  kind: z.literal("cancel_order"),
  number: z.string().min(1).max(40),
  reason: CancelReason,
});
export type CancelOrder = z.infer<typeof CancelOrder>;

/** Something that a shop can be asked to change, with everything it needs to do it. */
export const EffectRequest = z.discriminatedUnion("kind", [CancelOrder]);
export type EffectRequest = z.infer<typeof EffectRequest>;
export type EffectKind = EffectRequest["kind"];

/** What the customer reads before they confirm: exactly what will happen. */
export type EffectCard = {
  title: string;
  facts: { label: string; values: string[] }[];
  consequence: string;
  /** The words on the button. */
  confirm: string;
};

/** What would happen now; or why it cannot, in a sentence for the customer. */
export type EffectPreview =
  | {
      possible: true;
      /** The request as it will be carried out, such as with the order's number as the shop writes it. */
      request: EffectRequest;
      /** What would be changed: of two proposals about the same thing only the newer stays open. */
      subject: string;
      card: EffectCard;
    }
  | { possible: false; why: string };

/** What became of it, in the shop's words. `done: false`: the shop refused, and nothing was changed. */
export type EffectResult = { done: boolean; text: string };
