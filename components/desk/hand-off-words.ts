import type { CustomerWhy, InboxRow, StaffWhy } from "@/lib/conversation/schema";

const reasons: Record<string, string> = {
  customer_asked: "The customer asked for a person",
  answers_failed: "Two answers did not help, and the customer asked for a person",
  agent_unsure: "The AI was not sure",
  answers_off: "AI answers are switched off",
  staff_took_over: "A person took it over",
  staff_returned: "A colleague gave it back to the queue",
  effect_uncertain: "A confirmed change has to be checked",
  safety: "The AI stepped back for safety",
};

const customerWhys: Record<CustomerWhy, string> = {
  no_help: "the answers did not help",
  order_trouble: "something is wrong with an order",
  complaint: "a complaint",
  prefer_person: "they would rather talk to a person",
};

/** Why a lead takes over what nobody asked them for, as they choose it. */
export const staffWhys: Record<StaffWhy, string> = {
  own_judgement: "I will answer this myself",
  wrong_answer: "An answer was wrong",
  sensitive: "It is a sensitive matter",
  agreed: "Agreed with a colleague",
};

const staffWhysTold: Record<StaffWhy, string> = {
  own_judgement: "to answer it themselves",
  wrong_answer: "an answer was wrong",
  sensitive: "a sensitive matter",
  agreed: "as agreed with a colleague",
};

const whys: Record<string, string> = { ...customerWhys, ...staffWhysTold };

/** Why a person is concerned with it, in a sentence without its full stop; null while none is. */
export function handOffText(
  row: Pick<InboxRow, "owner" | "handOffReason" | "handOffWhy">,
): string | null {
  const reason = row.owner === "AI" ? null : reasons[row.handOffReason ?? ""];
  if (!reason) {
    return null;
  }
  const why = whys[row.handOffWhy ?? ""];
  return why ? `${reason}: ${why}` : reason;
}
