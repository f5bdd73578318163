import { beforeAll, expect, test } from "vitest";
import { createGuest } from "@/lib/customer";
import { demoShop, importOrder } from "@/lib/shop";
import { demoOrders } from "@/scripts/seed/orders";
import { clothingProducts } from "@/scripts/seed/products-clothing";
import { gearProducts } from "@/scripts/seed/products-gear";
import { seedProducts } from "@/scripts/seed/shop";

const products = [...clothingProducts, ...gearProducts];

beforeAll(seedProducts);

function number(prefix = ""): string {
  return `${prefix}${Math.floor(Math.random() * 9e10) + 1e10}`;
}

async function ownerOf(said: string) {
  const owner = await createGuest();
  const [draft] = demoOrders(products, new Date()).maya;
  if (draft) {
    await importOrder(owner, { ...draft, number: said });
  }
  return owner;
}

test("another customer cannot find an order, and its owner still can, with name and address opened", async () => {
  const said = number("ORD-");
  const owner = await ownerOf(said);
  const stranger = await createGuest();
  expect(await demoShop.findOrder(stranger, said)).toBeNull();
  expect(await demoShop.findOrders(stranger, 5)).toEqual([]);
  const order = await demoShop.findOrder(owner, said);
  expect(order?.recipient).toBe("Maya Lindqvist");
  expect(order?.items[0]?.options).toEqual({ size: "39", colour: "walnut" });
  expect(order?.totalCents).toBe(17900 + 2 * 1900);
});

test("an order is found however its number is said", async () => {
  const digits = number();
  const owner = await ownerOf(`ORD-${digits}`);
  for (const said of [`#ORD-${digits}`, `ord ${digits}`, digits, ` #${digits} `]) {
    expect((await demoShop.findOrder(owner, said))?.number).toBe(`ORD-${digits}`);
  }
  expect(await demoShop.findOrder(owner, "no number at all")).toBeNull();
});

test("an order is imported once", async () => {
  const owner = await createGuest();
  const [draft] = demoOrders(products, new Date()).jonas;
  const order = draft && { ...draft, number: number() };
  expect(order && (await importOrder(owner, order))).toBe(true);
  expect(order && (await importOrder(owner, order))).toBe(false);
});

test("products are found by what they are for, and have a picture each", async () => {
  const [tent] = await demoShop.findProducts("a tent for two people", 3);
  expect(tent?.id).toBe("lowdale-tent-2");
  const all = await demoShop.listProducts();
  expect(all.length).toBeGreaterThanOrEqual(24);
  expect(all.every(({ image }) => image.startsWith("/products/"))).toBe(true);
});
