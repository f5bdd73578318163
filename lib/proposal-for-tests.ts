import type { CustomerCaller } from "@/lib/auth/schema";
import { acceptMessage, claimTurn, commitTurn, findOwnConversation } from "@/lib/conversation";
import { newId } from "@/lib/id";
import { asRedacted } from "@/lib/privacy";
import { demoShop, type Effect, importOrder, type ShopConnector } from "@/lib/shop";
import { demoOrders } from "@/scripts/seed/orders";
import { clothingProducts } from "@/scripts/seed/products-clothing";
import { gearProducts } from "@/scripts/seed/products-gear";
import { carryOut } from "./agent/carry-out";
import { newCaller, say, testLimits } from "./agent/testing";
import { runTurn } from "./agent/turn";

const products = [...clothingProducts, ...gearProducts];

/** A customer with one order that has not left the warehouse, under a number of this test. */
export async function buyer(): Promise<{ caller: CustomerCaller; number: string }> {
  const caller = await newCaller();
  const number = `ORD-${Math.floor(Math.random() * 9e9) + 1e9}`;
  const draft = demoOrders(products, new Date()).jonas.find(({ status }) => status === "packed");
  if (!draft) {
    throw new Error("The demo has no order that can be cancelled");
  }
  await importOrder(caller, { ...draft, number });
  return { caller, number };
}

/** The customer asks for a cancellation and is shown what it would be. */
export async function askToCancel() {
  const { caller, number } = await buyer();
  const conversationId = newId();
  const said = await say(caller, conversationId, `Please cancel my order ${number}`);
  const proposal = await onlyProposal(caller, conversationId);
  return { caller, number, conversationId, proposal, ...said };
}

/** The same without a model: a turn that said one thing and proposed another. */
export async function proposed() {
  const { caller, number } = await buyer();
  const [conversationId, id] = [newId(), newId()];
  const message = { id: newId(), conversationId, text: "Please cancel it" };
  const { turnId } = await acceptMessage(caller, message);
  const turn = turnId && (await claimTurn(newId(), turnId));
  if (!turn) {
    throw new Error("Nothing to answer");
  }
  const request = { kind: "cancel_order", number, reason: "no_longer_needed" } as const;
  const card = { title: `Cancel order ${number}`, facts: [], consequence: "It is cancelled." };
  await commitTurn(turn, {
    text: asRedacted("Please confirm."),
    meta: {},
    tokens: 2,
    proposals: [
      {
        id,
        tool: request.kind,
        args: JSON.stringify(request),
        subject: number,
        card: { ...card, confirm: "Cancel" },
      },
    ],
  });
  return { caller, number, conversationId, id, request };
}

export async function onlyProposal(caller: CustomerCaller, conversationId: string) {
  const own = await findOwnConversation(caller, conversationId);
  const [proposal] = own?.proposals ?? [];
  if (!proposal || own?.proposals.length !== 1) {
    throw new Error(`There are ${own?.proposals.length} proposals`);
  }
  return proposal;
}

/** The demo shop with another way to cancel. */
export function shopWith(change: Partial<Effect>): ShopConnector {
  const effect = demoShop.effects.cancel_order;
  if (!effect) {
    throw new Error("The demo shop cancels");
  }
  return { ...demoShop, effects: { cancel_order: { ...effect, ...change } } };
}

/** What the demo shop does without our wrapping. */
export const realCancel: Effect["perform"] = (...given) => {
  const effect = demoShop.effects.cancel_order;
  return effect ? effect.perform(...given) : Promise.reject(new Error("The demo shop cancels"));
};

/** Carries out and has the result told, as a process does. */
export async function finish(proposalId: string, shop = demoShop): Promise<string | null> {
  const turnId = await carryOut(proposalId, { runnerId: newId(), shop });
  const turn = turnId && (await claimTurn(newId(), turnId));
  if (turn) {
    await runTurn(turn, { endpoint: null, limits: testLimits, wordDelayMs: 0 });
  }
  return turnId;
}
