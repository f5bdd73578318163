import { expect, test } from "vitest";
import { createGuest } from "@/lib/customer";
import { demoOrders } from "@/scripts/seed/orders";
import { clothingProducts } from "@/scripts/seed/products-clothing";
import { gearProducts } from "@/scripts/seed/products-gear";
import { seedProducts } from "@/scripts/seed/shop";
import { findOrderOwner, importOrder } from "./index";

test("staff find whose order a number names, however it is written, and nobody by a part of it", async () => {
  await seedProducts();
  const owner = await createGuest();
  const digits = `${Math.floor(Math.random() * 9e10) + 1e10}`;
  const [draft] = demoOrders([...clothingProducts, ...gearProducts], new Date()).maya;
  expect(draft && (await importOrder(owner, { ...draft, number: `ORD-${digits}` }))).toBe(true);
  expect(await findOrderOwner(`#ord ${digits}`)).toBe(owner.id);
  expect(await findOrderOwner(`ORD-${digits.slice(0, -1)}`)).toBeNull();
  expect(await findOrderOwner("ada@example.com")).toBeNull();
});
