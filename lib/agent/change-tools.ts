import type { StructuredToolInterface } from "@langchain/core/tools";
import { z } from "zod";
import { CancelReason, type EffectKind, type EffectRequest } from "@/lib/shop/schema";
import { type Desk, define } from "./define-tool";
import { propose } from "./propose";
import { TOOL } from "./tool-results";

const number = z.string().trim().min(1).max(40).describe("The order's number");
const id = z.string().trim().min(1).max(120);
const part = z.string().trim().max(200);
const paymentMethodId = id.describe("The id of a way to pay, from look_up_profile");
const itemIds = z
  .array(id)
  .min(1)
  .max(50)
  .describe("Item ids from look_up_order, one for each piece; the same id twice for two pieces");
const newItemIds = z
  .array(id)
  .min(1)
  .max(50)
  .describe("Item ids of the same products from look_up_product, each in the place of the old one");
const address = {
  address1: part
    .min(1)
    .describe(
      "Street and number, or the whole address; a placeholder such as [ADDRESS_1] as it is",
    ),
  address2: part.default("").describe("Flat or floor"),
  city: part.default(""),
  state: part.default(""),
  country: part.default(""),
  zip: part.default(""),
};

const PREPARES =
  "It changes nothing: the customer is shown a card with exactly what would happen, and only their confirmation there carries it out.";

/**
 * The changes that this shop makes. Each prepares what the customer is to confirm, and never acts; whose order it is
 * comes from the turn.
 */
export function changeTools(desk: Desk): StructuredToolInterface[] {
  return [
    ...cancelTool(desk),
    ...addressTool(desk),
    ...paymentTool(desk),
    ...itemsTool(desk),
    ...returnTool(desk),
    ...exchangeTool(desk),
    ...profileAddressTool(desk),
  ];
}

type Words<Input extends z.ZodObject> = {
  name: string;
  says: string;
  does: string;
  schema: Input;
  request(input: z.output<Input>): EffectRequest;
};

/** Offered where the shop can do it. */
function prepares<Input extends z.ZodObject>(
  desk: Desk,
  kind: EffectKind,
  { does, request, ...words }: Words<Input>,
): StructuredToolInterface[] {
  const effect = desk.shop.effects[kind];
  if (!effect) {
    return [];
  }
  const description = `${does} ${PREPARES}`;
  const work = (input: z.output<Input>) => propose(desk, effect, request(input));
  return [define(desk, { ...words, description, work })];
}

const Cancellation = z.object({ number, reason: CancelReason });
const NewAddress = z.object({ number, ...address });
const NewPayment = z.object({ number, paymentMethodId });
const Swap = z.object({ number, itemIds, newItemIds, paymentMethodId });
const Return = z.object({ number, itemIds, paymentMethodId });
const ProfileAddress = z.object(address);

function cancelTool(desk: Desk) {
  return prepares(desk, "cancel_order", {
    name: TOOL.cancelOrder,
    says: "Checking whether it can be cancelled",
    does: "Prepare the cancellation of one whole order of this customer that has not left the warehouse.",
    schema: Cancellation,
    request: (input) => ({ kind: "cancel_order", ...input }),
  });
}

function addressTool(desk: Desk) {
  return prepares(desk, "change_order_address", {
    name: TOOL.orderAddress,
    says: "Checking whether the address can be changed",
    does: "Prepare another delivery address for one order of this customer that has not left the warehouse.",
    schema: NewAddress,
    request: ({ number: asked, ...to }) => ({
      kind: "change_order_address",
      number: asked,
      address: to,
    }),
  });
}

function paymentTool(desk: Desk) {
  return prepares(desk, "change_order_payment", {
    name: TOOL.orderPayment,
    says: "Checking whether it can be paid another way",
    does: "Prepare another way to pay for one order of this customer that has not left the warehouse.",
    schema: NewPayment,
    request: (input) => ({ kind: "change_order_payment", ...input }),
  });
}

function itemsTool(desk: Desk) {
  return prepares(desk, "change_order_items", {
    name: TOOL.orderItems,
    says: "Checking whether the items can be changed",
    does: "Prepare other variants of the same products for an order of this customer that has not left the warehouse. It can be done once an order, so gather all items first.",
    schema: Swap,
    request: (input) => ({ kind: "change_order_items", ...input }),
  });
}

function returnTool(desk: Desk) {
  return prepares(desk, "return_items", {
    name: TOOL.returnItems,
    says: "Checking whether it can be returned",
    does: "Prepare the return of items of a delivered order of this customer. The refund goes the way the order was paid, or to a gift card of theirs. It can be done once an order, so gather all items first.",
    schema: Return,
    request: (input) => ({ kind: "return_items", ...input }),
  });
}

function exchangeTool(desk: Desk) {
  return prepares(desk, "exchange_items", {
    name: TOOL.exchangeItems,
    says: "Checking whether it can be exchanged",
    does: "Prepare the exchange of items of a delivered order of this customer for other variants of the same products. It can be done once an order, so gather all items first.",
    schema: Swap,
    request: (input) => ({ kind: "exchange_items", ...input }),
  });
}

function profileAddressTool(desk: Desk) {
  return prepares(desk, "change_profile_address", {
    name: TOOL.profileAddress,
    says: "Preparing your new address",
    does: "Prepare another stored address for this customer, to which new orders go. Orders that are placed already keep theirs.",
    schema: ProfileAddress,
    request: (to) => ({ kind: "change_profile_address", address: to }),
  });
}
