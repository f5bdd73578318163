import { cardOf, doneText, profileCard, profileDone } from "./card";
import { connectedCall } from "./connected-effect";
import type { Effect } from "./connector";
import { plan } from "./plan";
import { differenceOf } from "./plan-state";
import { errorOf, type ShopRefusal, sayRefusal } from "./refusal";
import { normalizeOrderNumber, type ShopCaller } from "./schema";
import type {
  EffectKind,
  EffectPreview,
  EffectRequest,
  EffectResult,
  OrderRequest,
} from "./schema-effect";
import { changeOnce, changeProfileOnce, readState } from "./store-effect";

const elsewhere: EffectResult = { done: false, text: "This is not done in this shop." };

/** Changes that the built-in shop makes. The key is kept in the transaction that changes. */
const change: Effect = {
  idempotent: true,
  async preview(caller, request) {
    if (request.kind === "connector_call") {
      return { possible: false, why: elsewhere.text };
    }
    return request.kind === "change_profile_address"
      ? {
          possible: true,
          request,
          subject: request.kind,
          card: profileCard(request),
        }
      : await previewOrder(caller, numbered(request));
  },
  async perform(caller, request, key) {
    if (request.kind === "change_profile_address") {
      const result = { done: true, text: profileDone };
      return await changeProfileOnce(caller, request, key, result);
    }
    if (request.kind === "connector_call") {
      return elsewhere;
    }
    const outcome = await changeOnce(caller, request, key, (state, planned) =>
      planned.ok
        ? { done: true, text: doneText(state, request, planned.change) }
        : refused(planned.refusal, request.number),
    );
    return outcome ?? refused({ code: "order_not_found" }, request.number);
  },
};

export const effects: { readonly [Kind in EffectKind]: Effect } = {
  cancel_order: change,
  change_order_address: change,
  change_order_payment: change,
  change_order_items: change,
  return_items: change,
  exchange_items: change,
  change_profile_address: change,
  connector_call: connectedCall,
};

async function previewOrder(caller: ShopCaller, request: OrderRequest): Promise<EffectPreview> {
  const state = await readState(caller, request);
  if (!state) {
    return { possible: false, ...whyNot({ code: "order_not_found" }, request.number) };
  }
  const planned = plan(state, request);
  if (!planned.ok) {
    return { possible: false, ...whyNot(planned.refusal, request.number) };
  }
  const swaps = planned.change.swaps;
  return {
    possible: true,
    request: swaps ? withDifference(request, differenceOf(swaps)) : request,
    subject: `${request.kind} ${request.number}`,
    card: cardOf(state, request, planned.change),
  };
}

/** What was shown is what may be taken: another price is another question. */
function withDifference(request: OrderRequest, differenceCents: number): EffectRequest {
  return "newItemIds" in request ? { ...request, differenceCents } : request;
}

/** The number as the shop writes it. */
function numbered<Request extends OrderRequest>(request: Request): Request {
  return { ...request, number: normalizeOrderNumber(request.number) ?? request.number };
}

function whyNot(refusal: ShopRefusal, number: string): { why: string; error: string } {
  return { why: sayRefusal(refusal, number), error: errorOf(refusal) };
}

function refused(refusal: ShopRefusal, number: string): EffectResult {
  const { why: text, error } = whyNot(refusal, number);
  return { done: false, text, error };
}
