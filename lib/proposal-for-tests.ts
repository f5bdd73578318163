import type { CustomerCaller } from "@/lib/auth/schema";
import { findOwnConversation } from "@/lib/conversation";
import { newId } from "@/lib/id";
import { demoShop, type Effect, importOrder, type ShopConnector } from "@/lib/shop";
import { demoOrders } from "@/scripts/seed/orders";
import { clothingProducts } from "@/scripts/seed/products-clothing";
import { gearProducts } from "@/scripts/seed/products-gear";
import { newCaller, say } from "./agent/testing";

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
