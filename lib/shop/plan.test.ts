import fc from "fast-check";
import { expect, test } from "vitest";
import { plan } from "./plan";
import { type Change, creditsOf, paidBy, type ShopState } from "./plan-state";
import { errorOf } from "./refusal";
import type { OrderStatus } from "./schema";
import type { OrderRequest } from "./schema-effect";

const NUMBER = "W1000001";
const methods: ShopState["methods"] = [
  { id: "card", source: "credit_card", balanceCents: null, details: null },
  { id: "gift", source: "gift_card", balanceCents: 5_000, details: null },
  { id: "paypal", source: "paypal", balanceCents: null, details: null },
];
const variant = (id: string, productId: string, priceCents: number, stock = 5, onSale = true) =>
  [id, { id, productId, options: { kind: id }, priceCents, stock, onSale }] as const;

function state(change: Partial<ShopState["order"]> = {}): ShopState {
  const item = { productId: "mug", name: "Mug", variantId: "mug-red", priceCents: 1_000 };
  return {
    order: {
      id: "order",
      number: NUMBER,
      status: "placed",
      currency: "EUR",
      totalCents: 5_000,
      paymentMethod: "Visa card",
      deliveredAt: null,
      items: [
        { id: "a", ...item, quantity: 2 },
        {
          ...item,
          id: "b",
          productId: "pot",
          name: "Pot",
          variantId: "pot",
          quantity: 1,
          priceCents: 3_000,
        },
      ],
      payments: [{ kind: "payment", amountCents: 5_000, methodId: "card" }],
      ...change,
    },
    methods,
    variants: new Map([
      variant("mug-red", "mug", 1_000),
      variant("mug-blue", "mug", 1_505),
      variant("mug-gold", "mug", 9_000),
      variant("mug-old", "mug", 500, 9, false),
      variant("mug-gone", "mug", 500, 0),
      variant("mug-last", "mug", 500, 1),
      variant("pot", "pot", 3_000),
    ]),
    now: new Date("2026-06-01T00:00:00Z"),
  };
}

function done(given: ShopState, request: OrderRequest): Change {
  const planned = plan(given, request);
  if (!planned.ok) {
    throw new Error(errorOf(planned.refusal));
  }
  return planned.change;
}

function error(given: ShopState, request: OrderRequest): string {
  const planned = plan(given, request);
  return planned.ok ? "no error" : errorOf(planned.refusal);
}

const cancel = { kind: "cancel_order", number: NUMBER, reason: "no_longer_needed" } as const;
const move = {
  kind: "change_order_address",
  number: NUMBER,
  address: { address1: "1 Quay", address2: "", city: "Oslo", state: "", country: "", zip: "" },
} as const;
const pay = (paymentMethodId: string) =>
  ({ kind: "change_order_payment", number: NUMBER, paymentMethodId }) as const;
const swap = (
  kind: "change_order_items" | "exchange_items",
  pairs: [string, string][],
  by = "card",
) => ({
  kind,
  number: NUMBER,
  itemIds: pairs.map(([from]) => from),
  newItemIds: pairs.map(([, to]) => to),
  paymentMethodId: by,
});
const back = (itemIds: string[], by = "card") =>
  ({ kind: "return_items", number: NUMBER, itemIds, paymentMethodId: by }) as const;
const delivered = { status: "delivered" } as const;

const pending: OrderStatus[] = ["placed", "packed"];
const past: OrderStatus[] = ["items_modified", "shipped", "delivered", "cancelled", "returned"];

test("an order is cancelled and changed only while it is pending", () => {
  for (const status of pending) {
    expect(done(state({ status }), cancel).status).toBe("cancelled");
    expect(done(state({ status }), move).address).toEqual(move.address);
  }
  for (const status of past) {
    expect(error(state({ status }), cancel)).toBe("Error: non-pending order cannot be cancelled");
    for (const request of [move, pay("paypal"), swap("change_order_items", [["pot", "pot"]])]) {
      expect(error(state({ status }), request)).toBe("Error: non-pending order cannot be modified");
    }
  }
});

test("only what was delivered is returned or exchanged, within 60 days and once", () => {
  const exchange = swap("exchange_items", [["mug-red", "mug-blue"]]);
  for (const status of [...pending, "shipped", "return_requested", "exchange_requested"] as const) {
    expect(error(state({ status }), back(["pot"]))).toBe(
      "Error: non-delivered order cannot be returned",
    );
    expect(error(state({ status }), exchange)).toBe(
      "Error: non-delivered order cannot be exchanged",
    );
  }
  const old = { ...delivered, deliveredAt: new Date("2026-04-01T00:00:00Z") };
  expect(error(state(old), back(["pot"]))).toContain("60 days");
  expect(error(state(old), exchange)).toContain("60 days");
  const fresh = { ...delivered, deliveredAt: new Date("2026-04-03T00:00:00Z") };
  expect(done(state(fresh), back(["pot"])).status).toBe("return_requested");
  expect(done(state(fresh), exchange)).toMatchObject({
    status: "exchange_requested",
    sentBack: { itemIds: ["mug-red"], newItemIds: ["mug-blue"], differenceCents: 505 },
  });
});

test("every check has its sentence", () => {
  const items = (pairs: [string, string][], by?: string) =>
    error(state(), swap("change_order_items", pairs, by));
  expect(items([["mug-green", "mug-blue"]])).toBe("Error: mug-green not found");
  expect(
    items([
      ["pot", "pot"],
      ["pot", "pot"],
    ]),
  ).toBe("Error: pot not found");
  for (const to of ["mug-none", "mug-old", "mug-gone", "pot"]) {
    expect(items([["mug-red", to]])).toBe(`Error: new item ${to} not found or available`);
  }
  expect(
    items([
      ["mug-red", "mug-last"],
      ["mug-red", "mug-last"],
    ]),
  ).toBe("Error: new item mug-last not found or available");
  expect(items([["mug-red", "mug-blue"]], "cheque")).toBe("Error: payment method not found");
  expect(items([["mug-red", "mug-gold"]], "gift")).toBe(
    "Error: insufficient gift card balance to pay for the new item",
  );
  const two = { ...swap("change_order_items", [["mug-red", "mug-blue"]]), newItemIds: ["a", "b"] };
  expect(error(state(), two)).toBe("Error: the number of items to be exchanged should match");
  expect(error(state(delivered), swap("exchange_items", [["mug-red", "mug-gold"]], "gift"))).toBe(
    "Error: insufficient gift card balance to pay for the price difference",
  );
  expect(error(state(delivered), back(["mug-red", "mug-red", "mug-red"]))).toBe(
    "Error: some item not found",
  );
  expect(error(state(delivered), back(["pot"], "paypal"))).toBe(
    "Error: payment method should be either the original payment method or a gift card",
  );
  expect(error(state(delivered), back(["pot"], "cheque"))).toBe("Error: payment method not found");
  expect(error(state(), pay("card"))).toBe(
    "Error: the new payment method should be different from the current one",
  );
  expect(error(state({ payments: [] }), pay("card"))).toBe(
    "Error: there should be exactly one payment for a pending order",
  );
  const dear = { payments: [{ kind: "payment" as const, amountCents: 5_001, methodId: "card" }] };
  expect(error(state(dear), pay("gift"))).toBe(
    "Error: insufficient gift card balance to pay for the order",
  );
});

test("another price than the one that was shown is another question", () => {
  const asked = swap("change_order_items", [["mug-red", "mug-blue"]]);
  expect(done(state(), { ...asked, differenceCents: 505 }).status).toBe("items_modified");
  expect(error(state(), { ...asked, differenceCents: 504 })).toContain("price has changed");
});

test("one of two mugs is changed, and the other stays as it was paid", () => {
  const { items } = done(state(), swap("change_order_items", [["mug-red", "mug-blue"]]));
  expect(
    items?.map(({ variantId, quantity, priceCents }) => [variantId, quantity, priceCents]),
  ).toEqual([
    ["mug-red", 1, 1_000],
    ["mug-blue", 1, 1_505],
    ["pot", 1, 3_000],
  ]);
});

test("a cancelled order keeps no cent, however it was paid and paid again", () => {
  const methodId = fc.constantFrom("card", "gift", "paypal");
  const amountCents = fc.integer({ min: 1, max: 1_000_000 });
  fc.assert(
    fc.property(amountCents, methodId, fc.boolean(), (amount, by, again) => {
      const first = { kind: "payment" as const, amountCents: amount, methodId: by };
      const others = methods.map((each) => ({ ...each, balanceCents: 2_000_000 }));
      let given = { ...state({ payments: [first] }), methods: others };
      if (again && by !== "paypal") {
        const paid = done(given, pay("paypal")).payments ?? [];
        given = { ...given, order: { ...given.order, payments: [first, ...paid] } };
      }
      const refunds = done(given, cancel).payments ?? [];
      const left = paidBy([...given.order.payments, ...refunds]);
      expect([...left.values()].every((cents) => cents === 0)).toBe(true);
      expect(refunds.every((refund) => refund.kind === "refund" && refund.amountCents > 0)).toBe(
        true,
      );
    }),
  );
});

test("what changed items cost more or less is paid or paid back to the cent", () => {
  const price = fc.integer({ min: 1, max: 500_000 });
  fc.assert(
    fc.property(price, price, fc.integer({ min: 1, max: 2 }), (before, after, count) => {
      const given = state();
      const order = {
        ...given.order,
        items: given.order.items.map((item) => ({ ...item, priceCents: before })),
      };
      const variants = new Map([...given.variants, variant("mug-blue", "mug", after)]);
      const rich = given.methods.map((each) => ({ ...each, balanceCents: 2_000_000 }));
      const pairs = Array.from({ length: count }, (): [string, string] => ["mug-red", "mug-blue"]);
      const request = swap("change_order_items", pairs, "gift");
      const change = done({ ...given, order, variants, methods: rich }, request);
      const worth = (items: readonly { quantity: number; priceCents: number }[] = []) =>
        items.reduce((sum, item) => sum + item.quantity * item.priceCents, 0);
      const more = worth(change.items) - worth(order.items);
      expect(more).toBe(count * (after - before));
      const [payment] = change.payments ?? [];
      expect(payment).toMatchObject({
        kind: more > 0 ? "payment" : "refund",
        amountCents: Math.abs(more),
      });
      expect((change.credits?.get("gift") ?? 0) + more).toBe(0);
      expect([...(change.stock ?? [])]).toEqual([
        ["mug-blue", -count],
        ["mug-red", count],
      ]);
    }),
  );
});

test("only gift cards gain or lose anything here", () => {
  const payments = [
    { kind: "refund" as const, amountCents: 700, methodId: "gift" },
    { kind: "payment" as const, amountCents: 200, methodId: "gift" },
    { kind: "refund" as const, amountCents: 900, methodId: "card" },
  ];
  expect([...creditsOf(payments, methods)]).toEqual([["gift", 500]]);
});
