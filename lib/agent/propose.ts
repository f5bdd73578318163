import type { NewProposal, ProposalCard } from "@/lib/conversation/schema";
import { newId } from "@/lib/id";
import { asRedacted, redact, redactAs, restore } from "@/lib/privacy";
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
  const preview = await effect.preview(caller, await restoreRequest(key, asked));
  if (!preview.possible) {
    const { why, error: refusal } = preview;
    return { result: { proposed: false, why, ...(refusal && { refusal }) } };
  }
  const others = proposals.filter(({ subject }) => subject !== preview.subject);
  if (others.length >= AT_ONCE_MAX) {
    const why = `At most ${AT_ONCE_MAX} changes can be asked for at once.`;
    return { result: { proposed: false, why } };
  }
  const { request, subject } = preview;
  const card = await redactCard(key, preview.card);
  proposals.splice(0, proposals.length, ...others, {
    id: newId(),
    tool: request.kind,
    args: JSON.stringify(request),
    subject,
    card,
  });
  const details = card.facts.flatMap(({ values }) => values).join("; ");
  const what = `${details}. ${card.consequence}`;
  return { result: { proposed: true, title: card.title, what, note: NOTE } };
}

/** Arguments for a connected system, values put back wherever they stand. */
export async function restoreArgs(
  key: SubjectKey,
  args: Record<string, unknown>,
): Promise<Record<string, unknown>> {
  const back = async (value: unknown): Promise<unknown> => {
    if (typeof value === "string") {
      return await restore(key, asRedacted(value));
    }
    if (Array.isArray(value)) {
      return await Promise.all(value.map(back));
    }
    return typeof value === "object" && value !== null
      ? await restoreArgs(key, value as Record<string, unknown>)
      : value;
  };
  const entries = await Promise.all(
    Object.entries(args).map(async ([name, value]) => [name, await back(value)] as const),
  );
  return Object.fromEntries(entries);
}

/** The model names values by their placeholders; the shop needs them as they are. */
async function restoreRequest(key: SubjectKey, asked: EffectRequest): Promise<EffectRequest> {
  const text = async (value: string) => await restore(key, asRedacted(value));
  if (asked.kind === "connector_call") {
    return { ...asked, args: await restoreArgs(key, asked.args) };
  }
  if (!("address" in asked)) {
    return { ...asked, number: await text(asked.number) };
  }
  const { address1, address2, city, state, country, zip } = asked.address;
  const address = {
    address1: await text(address1),
    address2: await text(address2),
    city: await text(city),
    state: await text(state),
    country: await text(country),
    zip: await text(zip),
  };
  return asked.kind === "change_profile_address"
    ? { ...asked, address }
    : { ...asked, address, number: await text(asked.number) };
}

async function redactCard(key: SubjectKey, card: EffectCard): Promise<ProposalCard> {
  const facts: ProposalCard["facts"] = [];
  for (const { label, values, personal } of card.facts) {
    const redacted = [];
    for (const value of values) {
      redacted.push(personal ? await redactAs(key, "ADDRESS", value) : await redact(key, value));
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
