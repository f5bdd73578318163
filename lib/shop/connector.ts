import type { GuestOrder, Order, Product, ShopCaller, ShopProfile } from "./schema";
import type { EffectKind, EffectPreview, EffectRequest, EffectResult } from "./schema-effect";

export type GuestQuestion = {
  conversationId: string;
  customerId: string;
  number: string;
  email: string;
};

/**
 * The merchant's systems as the agent and the pages see them.
 *
 * The caller always comes from the server, and a foreign order is answered like one that does not exist.
 */
export interface ShopConnector {
  readonly name: string;
  /** What this shop does when a customer has confirmed it. A kind that is absent is not offered. */
  readonly effects: { readonly [Kind in EffectKind]?: Effect };
  /** The caller's address and ways to pay, as the shop has them. */
  findProfile(caller: ShopCaller): Promise<ShopProfile>;
  /** The caller's newest orders, newest first. */
  findOrders(caller: ShopCaller, limit: number): Promise<Order[]>;
  /** One order of the caller by the number they said ("#ord-789456"), or null. */
  findOrder(caller: ShopCaller, number: string): Promise<Order | null>;
  /**
   * Status and delivery date of an order, for a guest who names its number and e-mail. Null for a wrong number and a wrong
   * e-mail alike; `limited` after too many tries. Absent where the shop does not offer it.
   */
  findGuestOrder?(asked: GuestQuestion): Promise<GuestOrder | null | "limited">;
  /** The products that fit the words best, best first. */
  findProducts(query: string, limit: number): Promise<Product[]>;
  findProduct(id: string): Promise<Product | null>;
  listProducts(): Promise<Product[]>;
}

/** A change in the merchant's system: asked about first, made once. */
export interface Effect {
  /**
   * Repeating a key returns its first result and changes nothing more. Where a system cannot promise that, a crash in
   * the middle is never tried again: a person looks.
   */
  readonly idempotent: boolean;
  /** What would happen, for the customer to confirm. Changes nothing. */
  preview(caller: ShopCaller, request: EffectRequest): Promise<EffectPreview>;
  /** Does it, under a key. Throws only when it is not known whether it was done. */
  perform(
    caller: ShopCaller,
    request: EffectRequest,
    key: string,
    signal: AbortSignal,
  ): Promise<EffectResult>;
}
