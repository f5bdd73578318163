import { readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";

/** The retail shop of tau-bench, as its db.json holds it (Sierra, MIT licence). Amounts are dollars. */
const Address = z.object({
  address1: z.string(),
  address2: z.string(),
  city: z.string(),
  country: z.string(),
  state: z.string(),
  zip: z.string(),
});
const PaymentMethod = z.object({
  source: z.enum(["credit_card", "paypal", "gift_card"]),
  id: z.string(),
  brand: z.string().optional(),
  last_four: z.string().optional(),
  balance: z.number().optional(),
});
const Options = z.record(z.string(), z.string());

export const RetailData = z.object({
  products: z.record(
    z.string(),
    z.object({
      name: z.string(),
      product_id: z.string(),
      variants: z.record(
        z.string(),
        z.object({
          item_id: z.string(),
          options: Options,
          available: z.boolean(),
          price: z.number(),
        }),
      ),
    }),
  ),
  users: z.record(
    z.string(),
    z.object({
      user_id: z.string(),
      name: z.object({ first_name: z.string(), last_name: z.string() }),
      address: Address,
      email: z.string(),
      payment_methods: z.record(z.string(), PaymentMethod),
      orders: z.array(z.string()),
    }),
  ),
  orders: z.record(
    z.string(),
    z.object({
      order_id: z.string(),
      user_id: z.string(),
      address: Address,
      items: z.array(
        z.object({
          name: z.string(),
          product_id: z.string(),
          item_id: z.string(),
          price: z.number(),
          options: Options,
        }),
      ),
      status: z.string(),
      fulfillments: z.array(
        z.object({ tracking_id: z.array(z.string()), item_ids: z.array(z.string()) }),
      ),
      payment_history: z.array(
        z.object({
          transaction_type: z.enum(["payment", "refund"]),
          amount: z.number(),
          payment_method_id: z.string(),
        }),
      ),
    }),
  ),
});
export type RetailData = z.infer<typeof RetailData>;
export type RetailOrder = RetailData["orders"][string];
export type RetailUser = RetailData["users"][string];

const Case = z.object({
  task_id: z.string(),
  calls: z.array(
    z.object({
      name: z.string(),
      arguments: z.record(z.string(), z.unknown()),
      output: z.unknown(),
    }),
  ),
  db_diff: z.array(z.unknown()),
});
export type Case = z.infer<typeof Case>;

/** The shop as it is written, so that the same can be shown again, and checked. */
export function readShopData(folder: string): { raw: unknown; data: RetailData } {
  const raw: unknown = JSON.parse(readFileSync(path.join(folder, "db.json"), "utf8"));
  return { raw, data: RetailData.parse(raw) };
}

/** One case a line. A file's name is looked for in the data's folder too. */
export function readCases(folder: string, file: string): Case[] {
  const text = readFileSync(path.isAbsolute(file) ? file : path.join(folder, file), "utf8");
  return text
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => Case.parse(JSON.parse(line)));
}

export function toCents(amount: number): number {
  return Math.round(amount * 100);
}

/** Our word for each of the shop's. */
export const statusFrom = {
  pending: "placed",
  processed: "shipped",
  delivered: "delivered",
  cancelled: "cancelled",
  "pending (item modified)": "items_modified",
  "return requested": "return_requested",
  "exchange requested": "exchange_requested",
} as const;
