import { z } from "zod";
import { Address, addressLine } from "./schema-profile";

export const CancelReason = z.enum(["no_longer_needed", "ordered_by_mistake"]);
export type CancelReason = z.infer<typeof CancelReason>;

export const cancelReasonLabels: Record<CancelReason, string> = {
  no_longer_needed: "no longer needed",
  ordered_by_mistake: "ordered by mistake",
};

const ITEMS_MAX = 50;
const OrderNumber = z.string().trim().min(1).max(40);
const Id = z.string().trim().min(1).max(120);
const Ids = z.array(Id).min(1).max(ITEMS_MAX);
/** What was shown to the customer as the difference in price: another one is another change, and is not made. */
const differenceCents = z.int().optional();

const CancelOrder = z.object({
  kind: z.literal("cancel_order"),
  number: OrderNumber,
  reason: CancelReason,
});
const ChangeOrderAddress = z.object({
  kind: z.literal("change_order_address"),
  number: OrderNumber,
  address: Address,
});
const ChangeOrderPayment = z.object({
  kind: z.literal("change_order_payment"),
  number: OrderNumber,
  paymentMethodId: Id,
});
const swapped = { number: OrderNumber, itemIds: Ids, newItemIds: Ids, paymentMethodId: Id };
const ChangeOrderItems = z.object({
  kind: z.literal("change_order_items"),
  ...swapped,
  differenceCents,
});
const ReturnItems = z.object({
  kind: z.literal("return_items"),
  number: OrderNumber,
  itemIds: Ids,
  paymentMethodId: Id,
});
const ExchangeItems = z.object({
  kind: z.literal("exchange_items"),
  ...swapped,
  differenceCents,
});
const ChangeProfileAddress = z.object({
  kind: z.literal("change_profile_address"),
  address: Address,
});

/** Something in a connected system. */
const ConnectorCall = z.object({
  kind: z.literal("connector_call"),
  connector: Id,
  tool: Id,
  args: z.record(z.string(), z.unknown()),
});
type ConnectorRequest = z.infer<typeof ConnectorCall>;

export type ProfileRequest = z.infer<typeof ChangeProfileAddress>;

/** Something that a shop can be asked to change, with everything it needs to do it. */
export const EffectRequest = z.discriminatedUnion("kind", [
  CancelOrder,
  ChangeOrderAddress,
  ChangeOrderPayment,
  ChangeOrderItems,
  ReturnItems,
  ExchangeItems,
  ChangeProfileAddress,
  ConnectorCall,
]);
export type EffectRequest = z.infer<typeof EffectRequest>;
export type EffectKind = EffectRequest["kind"];
export type RequestOf<Kind extends EffectKind> = Extract<EffectRequest, { kind: Kind }>;
/** A request about one order. */
export type OrderRequest = Exclude<EffectRequest, ProfileRequest | ConnectorRequest>;

/** A request's arguments as the record and a model are told of them: an address as one line, so that it is found whole. */
export function tellArgs(request: EffectRequest): Record<string, unknown> {
  const { kind: _, ...args } = request;
  return "address" in args ? { ...args, address: addressLine(args.address) } : args;
}

/** What the customer reads before they confirm: exactly what will happen. */
export type EffectCard = {
  title: string;
  /** `personal`: the values are an address, whatever they look like. */
  facts: { label: string; values: string[]; personal?: boolean }[];
  consequence: string;
  /** The words on the button. */
  confirm: string;
};

/** What would happen now; or why it cannot, in a sentence for the customer. */
export type EffectPreview =
  | {
      possible: true;
      /** The request as it will be carried out, such as with the order's number as the shop writes it. */
      request: EffectRequest;
      /** What would be changed: of two proposals about the same thing only the newer stays open. */
      subject: string;
      card: EffectCard;
    }
  | { possible: false; why: string; error?: string };

/**
 * What became of it, in the shop's words, without anything personal. `done: false`: the shop refused, and nothing was
 * changed; `error` is the same in the words that shops' own systems use ("Error: order not found").
 */
export type EffectResult = { done: boolean; text: string; error?: string | undefined };
