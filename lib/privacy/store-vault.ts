import { db } from "@/lib/storage";
import { ownedBy } from "./store-rows";

/** Every table that holds a customer's sealed text, in which a placeholder may stand. A test compares with the schema. */
export const PLACEHOLDER_HOLDERS = [
  ownedBy("Customer", "id"),
  ownedBy("Conversation"),
  ownedBy("Message"),
  ownedBy("Turn"),
  ownedBy("Proposal"),
  ownedBy("Memory", "customer_id", "conversation_id"),
  ownedBy("CaseSummary"),
  ownedBy("Fact"),
  ownedBy("ReplyAddress"),
  ownedBy("ShopOrder"),
  ownedBy("ShopProfile", "customer_id", "customer_id"),
  ownedBy("ShopPaymentMethod"),
  ownedBy("DataRequest"),
  ownedBy("RequestNote"),
];

/** Removes the values kept before a time whose placeholders ("EMAIL_1") are not among those in use. */
export async function deleteUnused(
  customerId: string,
  inUse: ReadonlySet<string>,
  before: Date,
): Promise<number> {
  return await db().$executeRaw`
    DELETE FROM "Vault" WHERE customer_id = ${customerId}::uuid AND created_at < ${before.toISOString()}::timestamptz
      AND kind || '_' || n <> ALL(${[...inUse]}::text[])`;
}
