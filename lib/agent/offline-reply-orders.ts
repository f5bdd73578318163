import { OFFER } from "./offline-plan";
import type { ReadAnswers } from "./offline-reply-articles";
import type { OrderFacts } from "./tool-results";

/** What can be said about orders, only from what the look-up answered. */
export function orderPart(
  { orders, list }: ReadAnswers,
  mode: "status" | "list" | "change",
): string | null {
  if (orders.length > 0) {
    return orders
      .map((result) => (result.order ? tellOrder(result.order) : missing(result.number)))
      .join("\n\n");
  }
  if (list === null) {
    return null;
  }
  if (list.length === 0) {
    return "I do not see an order that belongs to you here. If you ordered with an account, please sign in; otherwise tell me the order number, which stands in your confirmation e-mail.";
  }
  const open = list.filter(
    (order) => !["delivered", "cancelled", "returned"].includes(order.status),
  );
  const [only] = open;
  if (mode !== "list" && only && open.length === 1) {
    return tellOrder(only);
  }
  const rows = list.map((order) => `- ${order.number}: ${order.status}, ${order.items.join(", ")}`);
  return mode === "list"
    ? `These are your latest orders:\n\n${rows.join("\n")}`
    : `You have more than one order. Which one do you mean?\n\n${rows.join("\n")}`;
}

function missing(number: string): string {
  return `I cannot find an order ${number} among yours. Please check the number in your confirmation e-mail, or sign in with the account that you ordered with. ${OFFER}`;
}

function tellOrder(order: OrderFacts): string {
  const contents = order.items.length > 0 ? ` (${order.items.join(", ")})` : "";
  return [
    `Order ${order.number}${contents} ${stateOf(order)}`,
    ...whereabouts(order),
    ...advice(order),
  ].join(" ");
}

function stateOf(order: OrderFacts): string {
  switch (order.status) {
    case "delivered":
      return order.delivered ? `was delivered on ${order.delivered}.` : "was delivered.";
    case "delayed":
      return `is delayed.${order.expected ? ` The carrier now expects to deliver it on ${order.expected}.` : ""}`;
    case "overdue":
      return `is ${order.status}: it was due on ${order.expected} and has not been delivered yet.`;
    case "cancelled":
      return "was cancelled.";
    case "returned":
      return "was returned.";
    default:
      return `is ${order.status}.${order.expected ? ` It is expected on ${order.expected}.` : ""}`;
  }
}

function whereabouts({ carrier, tracking, latestEvent, status }: OrderFacts): string[] {
  if (status === "returned" && latestEvent) {
    return [`Latest news: ${latestEvent}.`];
  }
  if (!carrier || ["delivered", "cancelled"].includes(status)) {
    return [];
  }
  return [
    `It travels with ${carrier}${tracking ? `, tracking number ${tracking}` : ""}.`,
    ...(latestEvent ? [`Latest news from the carrier: ${latestEvent}.`] : []),
  ];
}

function advice({ status }: OrderFacts): string[] {
  return status === "delayed" || status === "overdue" ? [`I am sorry for the wait. ${OFFER}`] : [];
}
