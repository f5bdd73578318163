import { CANCEL_THIS, CONFIRM_BELOW, OFFER, WHICH_TO_CANCEL } from "./offline-plan";
import type { ReadAnswers } from "./offline-reply-articles";
import { type OrderFacts, type ProposalResult, readEffectReport } from "./tool-results";

/** What can be said about a cancellation that was asked for: prepared, impossible, or which order is meant. */
export function cancelPart({ proposals, list }: ReadAnswers): string | null {
  if (proposals.length > 0) {
    const prepared = proposals.some(({ proposed }) => proposed);
    const told = proposals.map(tellProposal).join("\n\n");
    return prepared ? `${told} ${CONFIRM_BELOW}` : `${told} ${OFFER}`;
  }
  return list === null ? null : chooseOrder(list);
}

function tellProposal({ proposed, title, why }: ProposalResult): string {
  return proposed
    ? `I have prepared this for you: ${title ?? "the cancellation"}.`
    : (why ?? "This order cannot be cancelled.");
}

function chooseOrder(list: OrderFacts[]): string {
  const open = list.filter(({ status }) => status === "placed" || status === "packed");
  const [only] = open;
  if (!only) {
    return `I do not see an order of yours that can still be cancelled, and nothing has been changed: an order can be cancelled until it has left the warehouse. ${OFFER}`;
  }
  if (open.length === 1) {
    return `One order of yours can still be cancelled: ${lineOf(only)}. ${CANCEL_THIS}`;
  }
  const rows = open.map((order) => `- ${lineOf(order)}`).join("\n");
  return `These orders of yours can still be cancelled:\n\n${rows}\n\n${WHICH_TO_CANCEL}`;
}

function lineOf({ number, status, items, total }: OrderFacts): string {
  return `order ${number} (${status}, ${items.join(", ")}, ${total})`;
}

/** What became of a change that the customer confirmed, in the shop's own words. */
export function resultPart(content: string): string {
  const report = readEffectReport(content);
  if (!report) {
    return `I cannot read what came of it. The card above shows it. ${OFFER}`;
  }
  return report.outcome === "done"
    ? `${report.text} Is there anything else that I can do for you?`
    : `${report.text} ${OFFER}`;
}
