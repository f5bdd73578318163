import type { Order, Product, ShopCaller } from "./schema";

/**
 * The merchant's systems as the agent and the pages see them.
 *
 * The caller always comes from the server, and a foreign order is answered like one that does not exist.
 */
export interface ShopConnector {
  readonly name: string;
  /** The caller's newest orders, newest first. */
  findOrders(caller: ShopCaller, limit: number): Promise<Order[]>;
  /** One order of the caller by the number they said ("#ord-789456"), or null. */
  findOrder(caller: ShopCaller, number: string): Promise<Order | null>;
  /** The products that fit the words best, best first. */
  findProducts(query: string, limit: number): Promise<Product[]>;
  findProduct(id: string): Promise<Product | null>;
  listProducts(): Promise<Product[]>;
}
