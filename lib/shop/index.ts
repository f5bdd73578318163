import "server-only";
import { newId } from "@/lib/id";
import { keyOf } from "@/lib/privacy";
import { demoShop } from "./demo-shop";
import type { OrderDraft, Product, ShopCaller, ShopProfile } from "./schema";
import { hasOrder, insertOrder, upsertProduct } from "./store";
import { insertProfile } from "./store-profile";

export { calculate } from "./calculate";
/** The merchant's systems behind one interface: agent and pages ask here and never know which shop answers. */
export {
  askConnected,
  type ConnectedTool,
  listConnectedTools,
} from "./connected-tools";
export type { Effect, ShopConnector } from "./connector";
export {
  addConnector,
  chooseTools,
  connectorKinds,
  removeConnector,
  testConnector,
} from "./connectors";
export { readConnectors as listConnectors } from "./store-connector";
export { dropOldLookUps } from "./store-guest";
export { findOrderOwner } from "./store-owner";
export { demoShop };

/** Writes or updates products of the demo shop. */
export async function importProducts(products: Product[]): Promise<void> {
  for (const product of products) {
    await upsertProduct(product);
  }
}

/** Records an order of a customer, sealed under their key. False when the number is taken: importing twice changes nothing. */
export async function importOrder(owner: ShopCaller, draft: OrderDraft): Promise<boolean> {
  if (await hasOrder(draft.number)) {
    return false;
  }
  await insertOrder(owner, await keyOf(owner), { ...draft, id: newId() }, newId);
  return true;
}

/** Stores a customer's address and ways to pay with the demo shop, sealed under their key. What is there stays. */
export async function importProfile(owner: ShopCaller, profile: ShopProfile): Promise<void> {
  await insertProfile(owner, profile);
}
