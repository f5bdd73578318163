import { z } from "zod";
import type { Address, Payment, SentBack } from "./schema-profile";

export {
  type ConnectorKind,
  type ConnectorState,
  type ConnectorTool,
  type ConnectorView,
  connectorFaults,
  connectorKindLabels,
  NewConnector,
} from "./schema-connector";
export {
  CancelReason,
  type EffectCard,
  type EffectKind,
  EffectRequest,
  type EffectResult,
  tellArgs,
} from "./schema-effect";
export {
  Address,
  addressLine,
  nameMethod,
  type Payment,
  type PaymentMethod,
  type ShopProfile,
} from "./schema-profile";

/** The demo merchant, as customers read it. */
export const shopName = "Fellside Outfitters";

export const OrderStatus = z.enum([
  "placed",
  "packed",
  "items_modified",
  "shipped",
  "out_for_delivery",
  "delivered",
  "delayed",
  "cancelled",
  "return_requested",
  "exchange_requested",
  "returned",
]);
export type OrderStatus = z.infer<typeof OrderStatus>;

/** What a person reads for each status. */
export const orderStatusLabels: Record<OrderStatus, string> = {
  placed: "placed",
  packed: "packed",
  items_modified: "placed, with changed items",
  shipped: "on its way",
  out_for_delivery: "out for delivery",
  delivered: "delivered",
  delayed: "delayed",
  cancelled: "cancelled",
  return_requested: "delivered, with a return under way",
  exchange_requested: "delivered, with an exchange under way",
  returned: "returned",
};

/** An order is pending, and can be cancelled and changed, until its parcel is handed to the carrier. */
export function isPending(status: OrderStatus): boolean {
  return status === "placed" || status === "packed";
}

export const CarrierEvent = z.object({
  at: z.iso.datetime(),
  place: z.string(),
  what: z.string(),
});
export type CarrierEvent = z.infer<typeof CarrierEvent>;

export const VariantOptions = z.record(z.string(), z.string());
export type VariantOptions = z.infer<typeof VariantOptions>;

export type Shipment = {
  carrier: string;
  trackingNumber: string;
  events: CarrierEvent[];
  /** The variants that it carries; empty where the shop did not say. */
  itemIds?: string[];
};

export type OrderItem = {
  productId: string;
  /** The variant; what items are called in requests. */
  itemId: string | null;
  name: string;
  options: VariantOptions | null;
  quantity: number;
  priceCents: number;
};

/** An order as its customer may see it. Times are ISO; recipient and address are the customer's own. */
export type Order = {
  id: string;
  /** As the customer says it: "12345" or "ORD-789456". */
  number: string;
  status: OrderStatus;
  placedAt: string;
  expectedAt: string | null;
  deliveredAt: string | null;
  totalCents: number;
  currency: string;
  paymentMethod: string;
  recipient: string | null;
  address: string | null;
  /** The same, in its parts. */
  shipTo: Address | null;
  items: OrderItem[];
  shipments: Shipment[];
  payments: Payment[];
  cancelReason: string | null;
  sentBack: SentBack | null;
};

/** All that a guest is told of an order. */
export type GuestOrder = Pick<Order, "number" | "status" | "expectedAt" | "deliveredAt">;

export type Variant = {
  id: string;
  options: VariantOptions;
  priceCents: number;
  stock: number;
  /** Off: no more of it is sold, whatever the stock. Absent is on. */
  onSale?: boolean;
};

export function isAvailable({ stock, onSale = true }: Pick<Variant, "stock" | "onSale">): boolean {
  return onSale && stock > 0;
}

export type Product = {
  id: string;
  name: string;
  description: string;
  category: string;
  /** A path below the public folder: "/products/<id>.svg". */
  image: string;
  priceCents: number;
  currency: string;
  variants: Variant[];
};

/** Who asks: taken from the session by the server, never from a model. */
export type ShopCaller = { id: string; keyEpoch: number };

/** "€1,234.50": the way the whole product writes money. */
export function formatMoney(cents: number, currency = "EUR"): string {
  return new Intl.NumberFormat("en-IE", { style: "currency", currency }).format(cents / 100);
}

/** "#ord-789456" and "ORD 789456" are the number ORD-789456, "#w2378156" is W2378156; null when it is no order number. */
export function normalizeOrderNumber(said: string): string | null {
  const match = /^#?\s*(?:(ORD|W)[\s-]*)?(\d{4,12})$/i.exec(said.trim());
  if (!match?.[2]) {
    return null;
  }
  const before = { ORD: "ORD-", W: "W" }[match[1]?.toUpperCase() ?? ""] ?? "";
  return `${before}${match[2]}`;
}

/** An order to be written: what a shop's own system would tell us. */
export type OrderDraft = {
  number: string;
  status: OrderStatus;
  placedAt: Date;
  expectedAt: Date | null;
  deliveredAt: Date | null;
  paymentMethod: string;
  recipient: string;
  /** One line, or its parts. */
  address: string | Address;
  /** What was paid so far, by ways that the customer has stored; absent where nothing was, as with an invoice. */
  payments?: Pick<Payment, "kind" | "amountCents" | "methodId">[];
  items: {
    productId: string;
    variantId: string | null;
    name: string;
    quantity: number;
    priceCents: number;
  }[];
  shipments: Shipment[];
};
