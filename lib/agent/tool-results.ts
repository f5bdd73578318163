import { z } from "zod";

/** What the tools tell a model, as JSON. Parsed again where the offline model reads it: tool results are a border. */
export const OrderFacts = z.object({
  number: z.string(),
  status: z.string(),
  placed: z.string(),
  expected: z.string().nullable(),
  delivered: z.string().nullable(),
  total: z.string(),
  payment: z.string(),
  items: z.array(z.string()),
  carrier: z.string().nullable(),
  tracking: z.string().nullable(),
  latestEvent: z.string().nullable(),
  /** What changes, returns and exchanges need: only where one order was asked about. */
  pieces: z
    .array(
      z.object({
        item: z.string(),
        product: z.string(),
        name: z.string(),
        options: z.string(),
        quantity: z.number().int(),
        price: z.string(),
      }),
    )
    .optional(),
  paidBy: z.array(z.string()).optional(),
});
export type OrderFacts = z.infer<typeof OrderFacts>;

export const OrderResult = z.object({
  number: z.string(),
  found: z.boolean(),
  order: OrderFacts.optional(),
  note: z.string().optional(),
});
export type OrderResult = z.infer<typeof OrderResult>;

export const OrderListResult = z.object({
  orders: z.array(OrderFacts),
  note: z.string().optional(),
});
export type OrderListResult = z.infer<typeof OrderListResult>;

export const PassageFacts = z.object({
  /** The number to cite it by: 1 is written [1]. */
  cite: z.number().int(),
  title: z.string(),
  heading: z.string(),
  text: z.string(),
});
export type PassageFacts = z.infer<typeof PassageFacts>;

export const ArticleResult = z.object({ passages: z.array(PassageFacts) });

export const ProductFacts = z.object({
  /** For look_up_product. */
  id: z.string(),
  name: z.string(),
  price: z.string(),
  category: z.string(),
  description: z.string(),
  choices: z.string(),
  inStock: z.boolean(),
});
export type ProductFacts = z.infer<typeof ProductFacts>;

export const ProductResult = z.object({ products: z.array(ProductFacts) });

export const HandOffResult = z.object({ handedOff: z.boolean(), note: z.string() });

/** What came of preparing a change: a card that the customer has to confirm, or why there is none. */
export const ProposalResult = z.object({
  proposed: z.boolean(),
  title: z.string().optional(),
  what: z.string().optional(),
  why: z.string().optional(),
  /** The refusal in the words of shops' own systems. */
  refusal: z.string().optional(),
  note: z.string().optional(),
});
export type ProposalResult = z.infer<typeof ProposalResult>;

/** What came of a change that the customer confirmed: stands in the record by itself, and is told in the next answer. */
export const EffectReport = z.object({
  effect: z.string(),
  args: z.record(z.string(), z.unknown()),
  outcome: z.enum(["done", "refused", "uncertain"]),
  /** In the shop's words. */
  text: z.string(),
});
export type EffectReport = z.infer<typeof EffectReport>;

/** Reads a recorded tool result as the report of a confirmed change; null when it is another tool's. */
export function readEffectReport(content: string): EffectReport | null {
  try {
    return EffectReport.safeParse(JSON.parse(content)).data ?? null;
  } catch {
    // Shortened on its way into the prompt, or another tool's words.
    return null;
  }
}

/** A tool that could not do its work says so in a sentence. */
export const ToolFailure = z.object({ error: z.string() });

export const TOOL = {
  order: "look_up_order",
  orders: "list_orders",
  articles: "search_articles",
  products: "search_products",
  guestOrder: "look_up_guest_order",
  profile: "look_up_profile",
  product: "look_up_product",
  productList: "list_products",
  calculate: "calculate",
  cancelOrder: "cancel_order",
  orderAddress: "change_order_address",
  orderPayment: "change_order_payment",
  orderItems: "change_order_items",
  returnItems: "return_items",
  exchangeItems: "exchange_items",
  profileAddress: "change_profile_address",
  handOff: "hand_off",
} as const;
