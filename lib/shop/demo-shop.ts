import { once } from "@/lib/once";
import { buildIndex, type Index, rank } from "@/lib/rank";
import type { ShopConnector } from "./connector";
import { effects } from "./effects";
import { lookUpAsGuest } from "./guest";
import { normalizeOrderNumber, type Product } from "./schema";
import { readOrder, readOrders, readProducts } from "./store";
import { readProfile } from "./store-profile";

type Catalogue = { products: Product[]; index: Index<Product>; readAt: number };

/** The catalogue changes with a deployment, not with a request. */
const CATALOGUE_SECONDS = 60;

/** The built-in shop on PostgreSQL. */
export const demoShop: ShopConnector = {
  name: "demo",
  effects,
  findProfile: readProfile,
  findGuestOrder: lookUpAsGuest,
  findOrders: readOrders,
  async findOrder(caller, said) {
    const number = normalizeOrderNumber(said);
    if (!number) {
      return null;
    }
    // Many people read ORD-789456 aloud as 789456, and some write ORD- before every number.
    const found = await readOrder(caller, number);
    if (found || number.startsWith("W")) {
      return found;
    }
    const other = number.startsWith("ORD-") ? number.slice(4) : `ORD-${number}`;
    return await readOrder(caller, other);
  },
  async findProducts(query, limit) {
    const { index } = await catalogue();
    return rank(index, query, limit).map((hit) => hit.key);
  },
  async findProduct(id) {
    const { products } = await catalogue();
    return products.find((product) => product.id === id) ?? null;
  },
  async listProducts() {
    return (await catalogue()).products;
  },
};

async function catalogue(): Promise<Catalogue> {
  const held = once<{ current: Catalogue | null }>("shop-catalogue", () => ({ current: null }));
  if (held.current && Date.now() - held.current.readAt < CATALOGUE_SECONDS * 1000) {
    return held.current;
  }
  const products = await readProducts();
  const index = buildIndex(
    products.map((product) => ({
      key: product,
      fields: [
        { text: product.name, weight: 3 },
        { text: product.category, weight: 2 },
        { text: product.description, weight: 1 },
        {
          text: product.variants.flatMap(({ options }) => Object.values(options)).join(" "),
          weight: 0.3,
        },
      ],
    })),
  );
  held.current = { products, index, readAt: Date.now() };
  return held.current;
}
