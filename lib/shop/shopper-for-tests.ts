import { createGuest } from "@/lib/customer";
import { importOrder, importProducts, importProfile } from "./index";
import type { OrderDraft, ShopCaller } from "./schema";

/** A number of this test alone. */
export function freshNumber(): string {
  return `W${Math.floor(Math.random() * 9e10) + 1e10}`;
}

const options = { red: 1_000, blue: 1_505, gold: 90_000 };

/** A product with a red, a blue and a golden kind, of which nobody else buys. */
export async function freshMug(): Promise<string> {
  const id = `mug-${freshNumber()}`;
  const variants = Object.entries(options).map(([colour, priceCents]) => ({
    id: `${id}-${colour}`,
    options: { colour },
    priceCents,
    stock: 10,
  }));
  const words = {
    name: "Enamel mug",
    description: "",
    category: "Kitchen",
    image: "/products/backpack.svg",
  };
  await importProducts([{ id, ...words, priceCents: 1_000, currency: "EUR", variants }]);
  return id;
}

export type Shopper = { caller: ShopCaller; number: string; mug: string };

/** A customer with a card, a gift card of €50.00, PayPal, and one order of two red mugs that the card has paid. */
export async function shopper(
  change: Partial<OrderDraft> = {},
  caller?: ShopCaller,
): Promise<Shopper> {
  const owner = caller ?? (await createGuest());
  const [mug, number] = [await freshMug(), freshNumber()];
  await importProfile(owner, {
    address: {
      address1: "Hafenweg 3",
      address2: "",
      city: "Kiel",
      state: "",
      country: "Germany",
      zip: "24103",
    },
    paymentMethods: [
      {
        id: "visa",
        source: "credit_card",
        balanceCents: null,
        details: { brand: "Visa", lastFour: "4711" },
      },
      { id: "gift", source: "gift_card", balanceCents: 5_000, details: null },
      { id: "paypal", source: "paypal", balanceCents: null, details: null },
    ],
  });
  await importOrder(owner, {
    number,
    status: "placed",
    placedAt: new Date(),
    expectedAt: null,
    deliveredAt: null,
    paymentMethod: "Visa card",
    recipient: "Ida Berg",
    address: "Hafenweg 3, 24103 Kiel, Germany",
    items: [
      {
        productId: mug,
        variantId: `${mug}-red`,
        name: "Enamel mug",
        quantity: 2,
        priceCents: 1_000,
      },
    ],
    payments: [{ kind: "payment", amountCents: 2_000, methodId: "visa" }],
    shipments: [],
    ...change,
  });
  return { caller: owner, number, mug };
}
