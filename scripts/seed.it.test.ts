import { expect, test } from "vitest";
import { listOwnConversations } from "@/lib/conversation";
import { listPublishedArticles } from "@/lib/knowledge";
import { demoShop } from "@/lib/shop";
import { seedConversations } from "./seed/conversations";
import { findDemoCustomer, seedPeople } from "./seed/people";
import { seedArticles, seedOrders, seedProducts } from "./seed/shop";

async function seedAll() {
  await seedProducts();
  await seedArticles();
  await seedPeople();
  const maya = await findDemoCustomer("maya@example.com");
  const jonas = await findDemoCustomer("jonas@example.com");
  await seedOrders(maya, jonas, new Date());
  await seedConversations(maya, jonas);
  return maya;
}

test("a second seeding changes nothing", async () => {
  const count = async () => {
    const maya = await seedAll();
    return {
      orders: (await demoShop.findOrders(maya, 50)).length,
      conversations: (await listOwnConversations(maya, null)).rows.length,
      articles: (await listPublishedArticles()).length,
      products: (await demoShop.listProducts()).length,
    };
  };
  const first = await count();
  expect(await count()).toEqual(first);
  expect(first.orders).toBe(4);
  expect(first.conversations).toBeGreaterThanOrEqual(2);
}, 60_000);

test("the demo customer's orders are as they are told about: 12345 delayed, ORD-789456 due yesterday", async () => {
  const maya = await seedAll();
  expect((await demoShop.findOrder(maya, "12345"))?.status).toBe("delayed");
  const due = await demoShop.findOrder(maya, "#ORD-789456");
  expect(due?.deliveredAt).toBeNull();
  const late = Date.now() - Date.parse(due?.expectedAt ?? "");
  expect(late).toBeGreaterThan(0);
});
