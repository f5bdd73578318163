import { z } from "zod";

const line = z.string().trim().max(200);

/** Where something is sent, or where a customer lives. Only the first line must be there. */
export const Address = z.object({
  address1: line.min(1),
  address2: line,
  city: line,
  state: line,
  country: line,
  zip: line,
});
export type Address = z.infer<typeof Address>;

/** "101 Highway, 10001 New York, NY, USA": the way a card and a parcel write it. */
export function addressLine({ address1, address2, city, state, country, zip }: Address): string {
  return [address1, address2, [zip, city].filter(Boolean).join(" "), state, country]
    .filter(Boolean)
    .join(", ");
}

/** An address of which only the whole is known. */
export function wholeAddress(text: string): Address {
  return { address1: text, address2: "", city: "", state: "", country: "", zip: "" };
}

export const PaymentSource = z.enum(["credit_card", "paypal", "gift_card"]);
export type PaymentSource = z.infer<typeof PaymentSource>;

/** What of a way to pay is sealed. */
export const PaymentDetails = z.object({ brand: z.string(), lastFour: z.string() });
export type PaymentDetails = z.infer<typeof PaymentDetails>;

/** A way to pay that a customer has stored. The id is unique among theirs; a gift card alone has a balance. */
export type PaymentMethod = {
  id: string;
  source: PaymentSource;
  balanceCents: number | null;
  details: PaymentDetails | null;
};

/** What was paid or paid back, never negative. `swaps` where it is the difference of changed items. */
export type Payment = {
  kind: "payment" | "refund";
  amountCents: number;
  methodId: string | null;
  swaps: Swap[] | null;
};

/** One piece that was changed for another of the same product. */
export const Swap = z.object({
  from: z.string(),
  fromCents: z.int(),
  to: z.string(),
  toCents: z.int(),
});
export type Swap = z.infer<typeof Swap>;

/** What comes back of a delivered order. For an exchange each item stands beside what is sent instead. */
export type SentBack = {
  kind: "return" | "exchange";
  itemIds: string[];
  newItemIds: string[];
  methodId: string | null;
  differenceCents: number | null;
};

/** What the shop knows of a customer besides name and e-mail, which stand with the person. */
export type ShopProfile = { address: Address | null; paymentMethods: PaymentMethod[] };

/** "Visa ending in 4711": how a customer knows it from their others. */
export function nameMethod({ source, details }: PaymentMethod): string {
  return source === "credit_card" && details
    ? `${details.brand} ending in ${details.lastFour}`
    : `your ${sourceWords[source]}`;
}

/** The same without anything of the person's, for records. */
export const sourceWords: Record<PaymentSource, string> = {
  credit_card: "credit card",
  paypal: "PayPal account",
  gift_card: "gift card",
};
