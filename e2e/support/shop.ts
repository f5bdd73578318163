import { test } from "@/e2e/fixtures";
import { type ModelServer, startModelServer } from "@/e2e/model-server";
import { type Database, makeDatabase, type Product, seed, startProduct } from "./product";

/** A product of some journeys' own: no other process takes its turns, and its model says what they tell it to. */
export type Shop = {
  model: ModelServer;
  database: Database;
  product: Product;
  /** The path at which its first admin comes in. */
  adminLink: string;
};

/** The settings under which a product asks this model. */
export function scripted(model: ModelServer): Record<string, string> {
  return {
    OPENAI_API_KEY: "a-key-for-tests",
    OPENAI_BASE_URL: model.url,
    OPENAI_MODEL: "scripted",
  };
}

/** Opens a shop before the first journey of the file or group that calls this, and closes it after the last. */
export function openShop(settingsFor: (model: ModelServer) => Record<string, string> = scripted) {
  const shop = {} as Shop;
  test.beforeAll(async () => {
    // A second product is set up and started on a machine that tests at the same time.
    test.setTimeout(120_000);
    shop.model = await startModelServer();
    shop.database = await makeDatabase();
    const { settings } = shop.database;
    shop.adminLink = new URL((await seed(settings)) ?? "").pathname;
    shop.product = await startProduct({ ...settings, ...settingsFor(shop.model) });
  });
  test.afterAll(async () => {
    // What had not come up is absent.
    const { product, database, model }: Partial<Shop> = shop;
    await product?.stop();
    await database?.remove();
    await model?.close();
  });
  return shop;
}
