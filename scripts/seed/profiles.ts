import type { Address, ShopProfile } from "@/lib/shop/schema";

type DemoProfile = ShopProfile & { address: Address };

/** What the demo shop knows of the demo's customers. */
export const demoProfiles: { maya: DemoProfile; jonas: DemoProfile } = {
  maya: {
    address: {
      address1: "Brunnengasse 14",
      address2: "",
      city: "Zürich",
      state: "",
      country: "Switzerland",
      zip: "8001",
    },
    paymentMethods: [
      {
        id: "visa",
        source: "credit_card",
        balanceCents: null,
        details: { brand: "Visa", lastFour: "4716" },
      },
      { id: "paypal", source: "paypal", balanceCents: null, details: null },
      { id: "gift_card", source: "gift_card", balanceCents: 7_500, details: null },
    ],
  },
  jonas: {
    address: {
      address1: "Lindenstraße 7",
      address2: "",
      city: "Leipzig",
      state: "",
      country: "Germany",
      zip: "04109",
    },
    paymentMethods: [
      { id: "gift_card", source: "gift_card", balanceCents: 2_250, details: null },
      {
        id: "mastercard",
        source: "credit_card",
        balanceCents: null,
        details: { brand: "Mastercard", lastFour: "0832" },
      },
    ],
  },
};
