import type { StructuredToolInterface } from "@langchain/core/tools";
import { z } from "zod";
import { asRedacted, redactAs, restore } from "@/lib/privacy";
import { calculate } from "@/lib/shop";
import { addressLine, formatMoney, nameMethod } from "@/lib/shop/schema";
import { type Desk, define } from "./define-tool";
import { guestFacts, orderDetails, orderFacts, productDetails, productFacts } from "./facts";
import { TOOL } from "./tool-results";

const ORDERS_SHOWN = 5;
const PRODUCTS_SHOWN = 5;
const Query = z.object({ query: z.string().trim().min(1).max(400) });
const OrderNumber = z.object({ number: z.string().trim().min(1).max(40) });
const GuestOrder = z.object({
  number: z.string().trim().min(1).max(40),
  email: z.string().trim().min(3).max(320),
});
const ProductName = z.object({ product: z.string().trim().min(1).max(200) });
const Expression = z.object({ expression: z.string().trim().min(1).max(400) });
const Nothing = z.object({});

/** What the shop can be asked. They change nothing, and all of them speak of the turn's own customer. */
export function shopTools(desk: Desk): StructuredToolInterface[] {
  return [
    orderTool(desk),
    ordersTool(desk),
    ...guestOrderTool(desk),
    profileTool(desk),
    productsTool(desk),
    productTool(desk),
    productListTool(desk),
    calculateTool(desk),
  ];
}

function orderTool(desk: Desk): StructuredToolInterface {
  return define(desk, {
    name: TOOL.order,
    says: "Looking up your order",
    description:
      "Look up one order of this customer by its number, such as 12345 or ORD-789456: status, delivery, its items with their ids, and how it was paid.",
    schema: OrderNumber,
    work: async ({ number }) => {
      const order = await desk.shop.findOrder(desk.caller, number);
      return order
        ? { result: { number: order.number, found: true, order: orderDetails(order, desk.now) } }
        : { result: { number, found: false, note: "This customer has no order of that number." } };
    },
  });
}

function ordersTool(desk: Desk): StructuredToolInterface {
  return define(desk, {
    name: TOOL.orders,
    says: "Looking at your orders",
    description: "List the newest orders of this customer.",
    schema: Nothing,
    work: async () => {
      const orders = await desk.shop.findOrders(desk.caller, ORDERS_SHOWN);
      const facts = orders.map((order) => orderFacts(order, desk.now));
      const gist = { orders: facts.map(({ number, status }) => `${number} ${status}`) };
      return { result: { orders: facts }, gist };
    },
  });
}

const UNMATCHED = "There is no order with that number and that e-mail address.";
const LIMITED =
  "There were too many tries. It can be tried again in an hour, or the customer can sign in.";
const ONLY_THIS =
  "For a guest this is all. For anything more they sign in at /sign-in; a person can help too.";

/** For guests, whose orders are not found by who they are. */
function guestOrderTool(desk: Desk): StructuredToolInterface[] {
  const { findGuestOrder } = desk.shop;
  if (!findGuestOrder) {
    return [];
  }
  const tool = define(desk, {
    name: TOOL.guestOrder,
    says: "Looking up the order",
    description:
      "For a customer who is not signed in: status and delivery date of one order, by its number and the e-mail address that it was placed with. Ask for both. An e-mail is a placeholder such as [EMAIL_1]; pass it as it stands.",
    schema: GuestOrder,
    work: async ({ number, email }) => {
      const order = await findGuestOrder({
        conversationId: desk.conversationId,
        customerId: desk.caller.id,
        number: await restore(desk.key, asRedacted(number)),
        email: await restore(desk.key, asRedacted(email)),
      });
      if (order === "limited" || order === null) {
        return { result: { found: false, note: order === null ? UNMATCHED : LIMITED } };
      }
      return { result: { found: true, ...guestFacts(order, desk.now), note: ONLY_THIS } };
    },
  });
  return [tool];
}

function profileTool(desk: Desk): StructuredToolInterface {
  return define(desk, {
    name: TOOL.profile,
    says: "Looking at your profile",
    description:
      "Look up the address that this customer has stored, and their ways to pay with the ids that changes of payment, returns and exchanges need.",
    schema: Nothing,
    work: async () => {
      const { address, paymentMethods } = await desk.shop.findProfile(desk.caller);
      const line = address && (await redactAs(desk.key, "ADDRESS", addressLine(address)));
      const waysToPay = paymentMethods.map((method) => ({
        id: method.id,
        name: nameMethod(method),
        ...(method.balanceCents !== null && { balance: formatMoney(method.balanceCents) }),
      }));
      return { result: { address: line, waysToPay }, gist: { waysToPay } };
    },
  });
}

function productsTool(desk: Desk): StructuredToolInterface {
  return define(desk, {
    name: TOOL.products,
    says: "Looking through the shop",
    description: "Search the shop's products by what they are for.",
    schema: Query,
    work: async ({ query }) => {
      const products = (await desk.shop.findProducts(query, PRODUCTS_SHOWN)).map(productFacts);
      const gist = { products: products.map(({ name, price }) => `${name} ${price}`) };
      return { result: { products }, gist };
    },
  });
}

function productTool(desk: Desk): StructuredToolInterface {
  return define(desk, {
    name: TOOL.product,
    says: "Looking at a product",
    description:
      "Look up one product by its id or name: every variant with its item id, price, and whether it can be had. Exchanges and changes of items need these ids.",
    schema: ProductName,
    work: async ({ product: asked }) => {
      const [first] = await desk.shop.findProducts(asked, 1);
      const product = (await desk.shop.findProduct(asked)) ?? first;
      return product
        ? {
            result: { found: true, product: productDetails(product) },
            gist: { found: true, name: product.name, variants: product.variants.length },
          }
        : { result: { found: false, note: "The shop has no such product." } };
    },
  });
}

function productListTool(desk: Desk): StructuredToolInterface {
  return define(desk, {
    name: TOOL.productList,
    says: "Looking through the shop",
    description: "List the name and id of every product that the shop sells.",
    schema: Nothing,
    work: async () => {
      const products = await desk.shop.listProducts();
      const named = products.map(({ id, name }) => ({ id, name }));
      return { result: { products: named }, gist: { products: named.length } };
    },
  });
}

function calculateTool(desk: Desk): StructuredToolInterface {
  return define(desk, {
    name: TOOL.calculate,
    says: "Adding it up",
    description:
      "Work out a sum of money exactly, such as 3 * 19.99 - 5. Numbers, + - * / and brackets.",
    schema: Expression,
    work: ({ expression }) => Promise.resolve({ result: { answer: calculate(expression) } }),
  });
}
