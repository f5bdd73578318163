import type { Address, OrderDraft, Product, Shipment } from "@/lib/shop/schema";
import { demoProfiles } from "./profiles";

type Line = [productId: string, options: string[], quantity: number];
type Plan = Omit<OrderDraft, "items" | "recipient" | "address"> & { lines: Line[] };
type Recipient = { recipient: string; address: Address };

const HOUR_MS = 3_600_000;

/** The demo customers' orders. Days are counted from the seeding, so that "yesterday" is true when it is read. */
export function demoOrders(
  products: Product[],
  now: Date,
): { maya: OrderDraft[]; jonas: OrderDraft[] } {
  const write = (plans: Plan[], to: Recipient) =>
    plans.map(({ lines, ...plan }) => {
      const items = lines.map((line) => itemOf(products, line));
      return { ...plan, ...to, items, payments: paid(plan.paymentMethod, items) };
    });
  return {
    maya: write(mayaOrders(now), {
      recipient: "Maya Lindqvist",
      address: demoProfiles.maya.address,
    }),
    jonas: write(jonasOrders(now), {
      recipient: "Jonas Brandt",
      address: demoProfiles.jonas.address,
    }),
  };
}

/** What was paid when the order was placed; an invoice is paid later, and stands in no book of ours. */
function paid(way: string, items: OrderDraft["items"]): NonNullable<OrderDraft["payments"]> {
  const methodId = { "Visa card": "visa", PayPal: "paypal", "Gift card": "gift_card" }[way];
  const amountCents = items.reduce((sum, item) => sum + item.quantity * item.priceCents, 0);
  return methodId ? [{ kind: "payment", amountCents, methodId }] : [];
}

function days(now: Date, count: number, hour = 12): Date {
  const day = new Date(now.getTime() + count * 24 * HOUR_MS);
  day.setUTCHours(hour, 0, 0, 0);
  return day;
}

function shipment(
  now: Date,
  carrier: string,
  trackingNumber: string,
  events: [day: number, hour: number, place: string, what: string][],
): Shipment {
  return {
    carrier,
    trackingNumber,
    events: events.map(([day, hour, place, what]) => ({
      at: days(now, day, hour).toISOString(),
      place,
      what,
    })),
  };
}

const mayaOrders = (now: Date): Plan[] => [
  ...ordersOnTheirWay(now),
  orderDelivered(now),
  orderJustPlaced(now),
];

function ordersOnTheirWay(now: Date): Plan[] {
  return [
    {
      number: "12345",
      status: "delayed",
      placedAt: days(now, -8, 9),
      expectedAt: days(now, 2),
      deliveredAt: null,
      paymentMethod: "Visa card",
      lines: [
        ["ridgeway-boots", ["39", "walnut"], 1],
        ["hollin-socks", ["39-41", "grey"], 2],
      ],
      shipments: [
        shipment(now, "Alpen Parcel", "AP-CH-7741-QX", [
          [-6, 15, "Leipzig warehouse", "Handed over to the carrier"],
          [-5, 4, "Leipzig hub", "Sorted"],
          [-3, 11, "Basel customs", "Held for a customs check, delivery is delayed"],
        ]),
      ],
    },
    {
      number: "ORD-789456",
      status: "shipped",
      placedAt: days(now, -5, 18),
      expectedAt: days(now, -1),
      deliveredAt: null,
      paymentMethod: "PayPal",
      lines: [["rainfell-jacket", ["M", "moss"], 1]],
      shipments: [
        shipment(now, "Alpen Parcel", "AP-CH-9920-LM", [
          [-4, 16, "Leipzig warehouse", "Handed over to the carrier"],
          [-3, 3, "Leipzig hub", "Sorted"],
          [-1, 6, "Zürich depot", "Arrived at the depot, not yet on a van"],
        ]),
      ],
    },
  ];
}

function orderDelivered(now: Date): Plan {
  return {
    number: "ORD-610233",
    status: "delivered",
    placedAt: days(now, -41, 20),
    expectedAt: days(now, -36),
    deliveredAt: days(now, -37, 10),
    paymentMethod: "Visa card",
    lines: [
      ["fellbound-daypack-22", ["slate"], 1],
      ["lodestar-headtorch", ["black"], 1],
    ],
    shipments: [
      shipment(now, "Alpen Parcel", "AP-CH-3018-TR", [
        [-40, 15, "Leipzig warehouse", "Handed over to the carrier"],
        [-37, 10, "Zürich", "Delivered to a neighbour"],
      ]),
    ],
  };
}

function orderJustPlaced(now: Date): Plan {
  return {
    number: "ORD-802177",
    status: "placed",
    placedAt: days(now, 0, 7),
    expectedAt: days(now, 4),
    deliveredAt: null,
    paymentMethod: "Visa card",
    lines: [
      ["lodestar-headtorch", ["black"], 1],
      ["hollin-socks", ["39-41", "grey"], 1],
    ],
    shipments: [],
  };
}

function jonasOrders(now: Date): Plan[] {
  return [
    {
      number: "ORD-455102",
      status: "packed",
      placedAt: days(now, -1, 21),
      expectedAt: days(now, 3),
      deliveredAt: null,
      paymentMethod: "Invoice",
      lines: [["lowdale-tent-2", ["moss"], 1]],
      shipments: [],
    },
    {
      number: "ORD-520918",
      status: "delivered",
      placedAt: days(now, -11, 19),
      expectedAt: days(now, -7),
      deliveredAt: days(now, -7, 11),
      paymentMethod: "Gift card",
      lines: [
        ["rainfell-jacket", ["L", "moss"], 1],
        ["hollin-socks", ["42-44", "grey"], 2],
      ],
      shipments: [
        shipment(now, "Post Nord-Ost", "PNO-55-9034-AC", [
          [-10, 15, "Leipzig warehouse", "Handed over to the carrier"],
          [-7, 11, "Leipzig", "Delivered"],
        ]),
      ],
    },
    {
      number: "ORD-398820",
      status: "returned",
      placedAt: days(now, -30, 8),
      expectedAt: days(now, -26),
      deliveredAt: days(now, -26, 14),
      paymentMethod: "Invoice",
      lines: [["sprig-trail-shoes", ["43", "ember"], 1]],
      shipments: [
        shipment(now, "Post Nord-Ost", "PNO-55-8102-KB", [
          [-28, 15, "Leipzig warehouse", "Handed over to the carrier"],
          [-26, 14, "Leipzig", "Delivered"],
          [-19, 9, "Leipzig warehouse", "Return received"],
        ]),
      ],
    },
  ];
}

function itemOf(
  products: Product[],
  [productId, options, quantity]: Line,
): OrderDraft["items"][number] {
  const product = products.find((candidate) => candidate.id === productId);
  const variant = product?.variants.find(
    (candidate) => Object.values(candidate.options).join() === options.join(),
  );
  if (!(product && variant)) {
    throw new Error(`The demo shop has no ${productId} in ${options.join(", ")}`);
  }
  return {
    productId,
    variantId: variant.id,
    name: product.name,
    quantity,
    priceCents: variant.priceCents,
  };
}
