import { z } from "zod";
import { claimProposal, postponeProposal, settleProposal } from "@/lib/conversation";
import type { ClaimedProposal } from "@/lib/conversation/schema";
import { countTokens } from "@/lib/memory";
import { report } from "@/lib/observability";
import { keyOf, redact } from "@/lib/privacy";
import { demoShop, type Effect, type ShopConnector } from "@/lib/shop";
import { EffectRequest, tellArgs } from "@/lib/shop/schema";
import type { EffectReport } from "./tool-results";

type Options = {
  runnerId: string;
  shop?: ShopConnector;
  /** How long the shop may take. Well within the lease, so that a slow one is not taken for a dead process. */
  effectMs?: number;
};

const EFFECT_MS = 8_000;
/** Waits before the next try under the same key; when they are used up, a person looks. */
const RETRY_SECONDS = [1, 2, 5, 10, 20];

/**
 * Carries out a confirmed proposal, once: outside of any transaction, under the proposal's id as the key, and with a
 * lease, so that whoever dies in the middle is followed by another process.
 *
 * An effect that can repeat a key is tried again; one that cannot goes to a person as soon as it is not known whether it
 * was done. Answers the turn that will tell the customer, or null.
 */
export async function carryOut(proposalId: string, options: Options): Promise<string | null> {
  const claimed = await claimProposal(options.runnerId, proposalId);
  if (!claimed) {
    return null;
  }
  // One that this version does not know, or a shop that does not offer it any more, is a person's as well.
  const request = EffectRequest.safeParse(JSON.parse(claimed.args)).data;
  const effect = request && (options.shop ?? demoShop).effects[request.kind];
  const mayTry = effect && (claimed.attempt === 1 || effect.idempotent);
  const done = mayTry ? await perform(claimed, effect, request, options.effectMs) : null;
  if (done) {
    return await settle(claimed, { outcome: done.done ? "done" : "refused", text: done.text });
  }
  const wait = effect?.idempotent ? RETRY_SECONDS[claimed.attempt - 1] : undefined;
  if (wait !== undefined) {
    await postponeProposal(claimed, wait);
    return null;
  }
  return await settle(claimed, { outcome: "uncertain", text: uncertain(request) });
}

/** What the shop answered; null when it is not known what it did. */
async function perform(
  { id, customerId, keyEpoch }: ClaimedProposal,
  effect: Effect,
  request: EffectRequest,
  effectMs = EFFECT_MS,
) {
  const signal = AbortSignal.timeout(effectMs);
  const late = new Promise<never>((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
  try {
    const work = effect.perform({ id: customerId, keyEpoch }, request, id, signal);
    return await Promise.race([work, late]);
  } catch (error) {
    report(error, { where: `agent.effect.${request.kind}`, proposalId: id });
    return null;
  }
}

function uncertain(request: EffectRequest | undefined): string {
  const what = request ? underWay(request) : "this was being done";
  return `Something went wrong while ${what}, and we cannot tell whether it was. A person from our team checks it and answers here.`;
}

function underWay(request: EffectRequest): string {
  switch (request.kind) {
    case "cancel_order":
      return `order ${request.number} was being cancelled`;
    case "change_profile_address":
      return "your address was being changed";
    case "connector_call":
      return `this was being done in ${request.connector}`;
    default:
      return `order ${request.number} was being changed`;
  }
}

async function settle(
  claimed: ClaimedProposal,
  { outcome, text }: Pick<EffectReport, "outcome" | "text">,
): Promise<string | null> {
  const key = await keyOf({ id: claimed.customerId, keyEpoch: claimed.keyEpoch });
  const given: unknown = JSON.parse(claimed.args);
  const request = EffectRequest.safeParse(given).data;
  const args = request ? tellArgs(request) : z.record(z.string(), z.unknown()).parse(given);
  const told: EffectReport = { effect: claimed.tool, args, outcome, text };
  const result = await redact(key, JSON.stringify(told));
  const { turnId } = await settleProposal(claimed, {
    state: outcome,
    text: await redact(key, text),
    args: await redact(key, JSON.stringify(args)),
    result,
    tokens: countTokens(result),
  });
  return turnId;
}
