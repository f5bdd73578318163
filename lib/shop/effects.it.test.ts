import { expect, test } from "vitest";
import { createGuest } from "@/lib/customer";
import { newId } from "@/lib/id";
import { demoShop } from "./index";
import type { EffectRequest, ShopCaller } from "./schema";
import { shopper } from "./shopper-for-tests";
import { readStock } from "./store-for-tests";

const address = {
  address1: "Domplatz 1",
  address2: "",
  city: "Erfurt",
  state: "",
  country: "Germany",
  zip: "99084",
};

async function perform(caller: ShopCaller, request: EffectRequest, key = newId()) {
  const effect = demoShop.effects[request.kind];
  if (!effect) {
    throw new Error("not offered");
  }
  return await effect.perform(caller, request, key, AbortSignal.timeout(60_000));
}

async function preview(caller: ShopCaller, request: EffectRequest) {
  return await demoShop.effects[request.kind]?.preview(caller, request);
}

async function balance(caller: ShopCaller): Promise<number | null | undefined> {
  const { paymentMethods } = await demoShop.findProfile(caller);
  return paymentMethods.find(({ id }) => id === "gift")?.balanceCents;
}

const paidBy = { paymentMethodId: "gift" };

test("an address is changed, sealed, and read again by its owner alone", async () => {
  const { caller, number } = await shopper();
  const request = { kind: "change_order_address", number, address } as const;
  expect(await perform(await createGuest(), request)).toMatchObject({
    done: false,
    error: "Error: order not found",
  });
  const shown = await preview(caller, request);
  expect(shown).toMatchObject({
    possible: true,
    card: {
      title: `Change the address of order ${number}`,
      facts: [{}, { values: ["Domplatz 1, 99084 Erfurt, Germany"], personal: true }],
    },
  });
  const { done, text } = await perform(caller, request);
  expect(done).toBe(true);
  expect(text).not.toContain("Domplatz");
  expect((await demoShop.findOrder(caller, number))?.shipTo).toEqual(address);
});

test("the profile's address is changed once under a key, and orders keep theirs", async () => {
  const { caller, number } = await shopper();
  const key = newId();
  const request = { kind: "change_profile_address", address } as const;
  expect((await perform(caller, request, key)).done).toBe(true);
  const other = { ...address, address1: "Elsewhere 9" };
  expect((await perform(caller, { ...request, address: other }, key)).done).toBe(true);
  expect((await demoShop.findProfile(caller)).address).toEqual(address);
  expect((await demoShop.findOrder(caller, number))?.address).toContain("Kiel");
  await expect(perform(await createGuest(), request, key)).rejects.toThrow("something else");
});

test("paying another way takes the amount from the gift card and gives the card its own back", async () => {
  const { caller, number } = await shopper();
  await perform(caller, { kind: "change_order_payment", number, ...paidBy });
  expect(await balance(caller)).toBe(3_000);
  const order = await demoShop.findOrder(caller, number);
  expect(order?.payments.map(({ kind, methodId }) => `${kind} ${methodId}`)).toEqual([
    "payment visa",
    "payment gift",
    "refund visa",
  ]);
  await perform(caller, { kind: "cancel_order", number, reason: "no_longer_needed" });
  expect(await balance(caller)).toBe(5_000);
  const again = { kind: "change_order_payment", number, paymentMethodId: "paypal" } as const;
  expect(await perform(caller, again)).toMatchObject({
    done: false,
    error: "Error: non-pending order cannot be modified",
  });
});

test("changed items move stock, price and gift card by the same cents, and can be changed once", async () => {
  const { caller, number, mug } = await shopper();
  const request = {
    kind: "change_order_items" as const,
    number,
    itemIds: [`${mug}-red`],
    newItemIds: [`${mug}-blue`],
    ...paidBy,
  };
  const shown = await preview(caller, request);
  expect(shown).toMatchObject({ request: { differenceCents: 505 } });
  expect(JSON.stringify(shown)).toContain("1 × Enamel mug, red becomes blue (+€5.05)");
  expect(await readStock(`${mug}-blue`)).toBe(10);
  const { text } = await perform(caller, request);
  expect(text).toContain("€5.05 is taken from your gift card");
  expect(await readStock(`${mug}-blue`)).toBe(9);
  expect(await readStock(`${mug}-red`)).toBe(11);
  expect(await balance(caller)).toBe(5_000 - 505);
  const order = await demoShop.findOrder(caller, number);
  expect(order).toMatchObject({ status: "items_modified", totalCents: 2_505 });
  expect(order?.items.map(({ itemId, quantity }) => [itemId, quantity])).toEqual([
    [`${mug}-red`, 1],
    [`${mug}-blue`, 1],
  ]);
  expect(
    (await perform(caller, { kind: "cancel_order", number, reason: "no_longer_needed" })).error,
  ).toBe("Error: non-pending order cannot be cancelled");
});

test("a delivered order is returned or exchanged once, and nothing is paid before it is back", async () => {
  const { caller, number, mug } = await shopper({ status: "delivered", deliveredAt: new Date() });
  const exchange = {
    kind: "exchange_items" as const,
    number,
    itemIds: [`${mug}-red`],
    newItemIds: [`${mug}-blue`],
    ...paidBy,
  };
  const back = { kind: "return_items" as const, number, itemIds: [`${mug}-red`], ...paidBy };
  const outcomes = await Promise.all([perform(caller, exchange), perform(caller, back)]);
  expect(outcomes.filter(({ done }) => done)).toHaveLength(1);
  expect(await balance(caller)).toBe(5_000);
  const order = await demoShop.findOrder(caller, number);
  expect(order?.sentBack).toMatchObject({ itemIds: [`${mug}-red`], methodId: "gift" });
  expect(["return_requested", "exchange_requested"]).toContain(order?.status);
});

test("one key at ten places at once does it once, and each is told the same", async () => {
  const { caller, number } = await shopper();
  const key = newId();
  const request = { kind: "change_order_payment", number, ...paidBy } as const;
  const told = await Promise.all(Array.from({ length: 10 }, () => perform(caller, request, key)));
  expect(new Set(told.map(({ text }) => text)).size).toBe(1);
  expect(await balance(caller)).toBe(3_000);
  await expect(
    perform(caller, { kind: "cancel_order", number, reason: "no_longer_needed" }, key),
  ).rejects.toThrow("something else");
});

test("two orders that want the same gift card at once never take more than is on it", async () => {
  const first = await shopper({
    payments: [{ kind: "payment", amountCents: 3_000, methodId: "visa" }],
  });
  const payments = [{ kind: "payment" as const, amountCents: 3_000, methodId: "visa" }];
  const second = await shopper({ payments }, first.caller);
  const outcomes = await Promise.all(
    [first, second].map(({ caller, number }) =>
      perform(caller, { kind: "change_order_payment", number, ...paidBy }),
    ),
  );
  expect(outcomes.map(({ done }) => done).sort()).toEqual([false, true]);
  expect(await balance(first.caller)).toBe(2_000);
});

test("what was refused is refused again under its key, also where it would be possible by now", async () => {
  const { caller, number } = await shopper({ status: "shipped" });
  const key = newId();
  const request = { kind: "change_order_address", number, address } as const;
  const first = await perform(caller, request, key);
  expect(first).toMatchObject({
    done: false,
    error: "Error: non-pending order cannot be modified",
  });
  expect(await perform(caller, request, key)).toEqual(first);
});
