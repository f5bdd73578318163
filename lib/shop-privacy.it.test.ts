import { expect, test } from "vitest";
import { createGuest } from "@/lib/customer";
import { dataMap } from "@/lib/data-map";
import { newId } from "@/lib/id";
import { keyOf } from "@/lib/privacy";
import { demoShop } from "@/lib/shop";
import { shopper } from "./shop/shopper-for-tests";
import { readBooks } from "./shop/store-for-tests";

const entry = (name: string) => {
  const found = dataMap.find((each) => each.name === name);
  if (!found) {
    throw new Error(`no entry ${name}`);
  }
  return found;
};
const OWN = ["ShopProfile", "ShopProfileChange", "ShopPaymentMethod"] as const;
const address = {
  address1: "Lange Gasse 8",
  address2: "",
  city: "Graz",
  state: "",
  country: "Austria",
  zip: "8010",
};

async function changed() {
  const { caller, number, mug } = await shopper({ status: "delivered" });
  const perform = demoShop.effects.change_profile_address?.perform;
  const signal = AbortSignal.timeout(60_000);
  await perform?.(caller, { kind: "change_profile_address", address }, newId(), signal);
  const back = {
    kind: "return_items" as const,
    number,
    itemIds: [`${mug}-red`],
    paymentMethodId: "gift",
  };
  await demoShop.effects.return_items?.perform(caller, back, newId(), signal);
  return { caller, number };
}

test("a customer's export opens their address, their ways to pay, payments and returns", async () => {
  const { caller } = await changed();
  const key = await keyOf(caller);
  const read = async (name: string) => {
    const rows: unknown[] = [];
    for await (const row of entry(name).collect?.(caller.id, key) ?? []) {
      rows.push(row);
    }
    return JSON.stringify(rows);
  };
  expect(await read("ShopProfile")).toContain("Lange Gasse 8");
  expect(await read("ShopPaymentMethod")).toContain('"lastFour":"4711"');
  expect(await read("ShopProfileChange")).toContain("change_profile_address");
  const orders = await read("ShopOrder");
  expect(orders).toContain('"amountCents":2000');
  expect(orders).toContain('"kind":"return"');
});

test("an erasure leaves amounts and no way to pay, and takes nothing of anybody else's", async () => {
  const { caller, number } = await changed();
  const other = await changed();
  for (const name of [...OWN, "ShopOrder"]) {
    expect(await entry(name).count(caller.id)).toBeGreaterThan(0);
    await entry(name).erase(caller.id);
    expect(await entry(name).count(caller.id)).toBe(0);
    expect(await entry(name).count(other.caller.id)).toBeGreaterThan(0);
  }
  expect(await readBooks(number)).toEqual({
    payments: [{ amountCents: 2_000, methodHandle: null }],
    sentBack: { methodHandle: null },
  });
  expect(await demoShop.findProfile(await createGuest())).toEqual({
    address: null,
    paymentMethods: [],
  });
});
