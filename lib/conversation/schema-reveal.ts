import { z } from "zod";

/** Why a lead who does not own a conversation reads the customer's values in it. A list, because it is kept for good. */
export const RevealReason = z.enum(["help_colleague", "check_complaint", "data_request", "safety"]);
export type RevealReason = z.infer<typeof RevealReason>;

export const revealReasons: Record<RevealReason, string> = {
  help_colleague: "To help the colleague who answers",
  check_complaint: "To look into a complaint",
  data_request: "To handle a data request",
  safety: "To protect somebody from harm",
};
