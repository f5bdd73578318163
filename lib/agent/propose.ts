import type { NewProposal, ProposalCard } from "@/lib/conversation/schema";
import { newId } from "@/lib/id";
import { asRedacted, redact, restore } from "@/lib/privacy";
import type { SubjectKey } from "@/lib/privacy/schema";
import type { Effect } from "@/lib/shop";
import type { EffectCard, EffectRequest, ShopCaller } from "@/lib/shop/schema";
import type { ProposalResult } from "./tool-results";

const AT_ONCE_MAX = 3;
const NOTE =
  "Nothing has been done. The customer sees a card with this below your answer, and only their confirmation there carries it out. Ask them to confirm it.";

type Desk = { caller: ShopCaller; key: SubjectKey; proposals: NewProposal[] };

/**
 * Asks the shop what a change would be and notes it for the customer to confirm, or says why it cannot be. The shop's
 * answer, not the model's words, is what the customer confirms.
 */
export async function propose(
  { caller, key, proposals }: Desk,
  effect: Effect,
  asked: EffectRequest,
): Promise<{ result: ProposalResult }> {
  // The model names values by their placeholders; the shop needs them as they are.
  const number = await restore(key, asRedacted(asked.number));
  const preview = await effect.preview(caller, { ...asked, number });
  if (!preview.possible) {
    return { result: { proposed: false, why: preview.why } };
  }
  const others = proposals.filter(({ subject }) => subject !== preview.subject);
  if (others.length >= AT_ONCE_MAX) {
    const why = `At most ${AT_ONCE_MAX} changes can be asked for at once.`;
    return { result: { proposed: false, why } };
  }
  const { request, subject, card } = preview;
  proposals.splice(0, proposals.length, ...others, {
    id: newId(),
    tool: request.kind,
    args: JSON.stringify(request),
    subject,
    card: await redactCard(key, card),
  });
  const details = card.facts.flatMap(({ values }) => values).join("; ");
  const what = `${details}. ${card.consequence}`;
  return { result: { proposed: true, title: card.title, what, note: NOTE } };
}

async function redactCard(key: SubjectKey, card: EffectCard): Promise<ProposalCard> {
  const facts: ProposalCard["facts"] = [];
  for (const { label, values } of card.facts) {
    const redacted = [];
    for (const value of values) {
      redacted.push(await redact(key, value));
    }
    facts.push({ label, values: redacted });
  }
  return {
    title: await redact(key, card.title),
    facts,
    consequence: await redact(key, card.consequence),
    confirm: card.confirm,
  };
}
