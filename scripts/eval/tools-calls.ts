import { z } from "zod";
import { newId } from "@/lib/id";
import { calculate, demoShop, findOrderOwner } from "@/lib/shop";
import { type CancelReason, EffectRequest, isAvailable, type ShopCaller } from "@/lib/shop/schema";
import { type People, showOrder, showUser } from "./tools-shop";

const EFFECT_MS = 60_000;

const text = z.string();
const list = z.array(z.string());

/** The data's effects in our words. The data's shop names orders with a # before them, and knows no others. */
const toRequest: Record<string, (given: Record<string, unknown>) => EffectRequest> = {
  cancel_pending_order: (given) => ({
    kind: "cancel_order",
    number: numberOf(given),
    reason: text.parse(given["reason"]).replaceAll(" ", "_") as CancelReason,
  }),
  modify_pending_order_address: (given) => ({
    kind: "change_order_address",
    number: numberOf(given),
    address: addressOf(given),
  }),
  modify_pending_order_payment: (given) => ({
    kind: "change_order_payment",
    number: numberOf(given),
    paymentMethodId: text.parse(given["payment_method_id"]),
  }),
  modify_pending_order_items: (given) => ({ kind: "change_order_items", ...swapOf(given) }),
  exchange_delivered_order_items: (given) => ({ kind: "exchange_items", ...swapOf(given) }),
  return_delivered_order_items: (given) => ({
    kind: "return_items",
    number: numberOf(given),
    itemIds: list.parse(given["item_ids"]),
    paymentMethodId: text.parse(given["payment_method_id"]),
  }),
};

function numberOf(given: Record<string, unknown>): string {
  return text.parse(given["order_id"]).replace(/^#/, "");
}

function swapOf(given: Record<string, unknown>) {
  return {
    number: numberOf(given),
    itemIds: list.parse(given["item_ids"]),
    newItemIds: list.parse(given["new_item_ids"]),
    paymentMethodId: text.parse(given["payment_method_id"]),
  };
}

function addressOf(given: Record<string, unknown>) {
  const { address1, address2, city, state, country, zip } = z
    .object({
      address1: text,
      address2: text,
      city: text,
      state: text,
      country: text,
      zip: text,
    })
    .parse(given);
  return { address1, address2, city, state, country, zip };
}

/** One call of the data, made through our shop's operations; answers in the data's shape. */
export async function call(
  people: People,
  { name, arguments: given }: { name: string; arguments: Record<string, unknown> },
): Promise<unknown> {
  const request = toRequest[name];
  if (request) {
    return await changeOrder(people, text.parse(given["order_id"]), () => request(given));
  }
  switch (name) {
    case "find_user_id_by_email":
      return byEmail(people, text.parse(given["email"]));
    case "find_user_id_by_name_zip":
      return await byNameAndZip(people, given);
    case "get_user_details":
      return await ofUser(people, given, async (userId) => await showUser(people, userId));
    case "modify_user_address":
      return await ofUser(people, given, async (userId, caller) => {
        await perform(caller, { kind: "change_profile_address", address: addressOf(given) });
        return await showUser(people, userId);
      });
    case "get_order_details":
      return await orderDetails(people, text.parse(given["order_id"]));
    case "get_product_details":
      return await productDetails(text.parse(given["product_id"]));
    case "list_all_product_types":
      return await productTypes();
    case "calculate":
      return sum(text.parse(given["expression"]));
    case "transfer_to_human_agents":
      return "Transfer successful";
    case "think":
      return "";
    default:
      // The data notes of such a call that no tool of that name was there.
      return null;
  }
}

function byEmail(people: People, email: string): string {
  const wanted = email.toLowerCase();
  const known = [...people].find(([, person]) => person.email.toLowerCase() === wanted);
  return known?.[0] ?? "Error: user not found";
}

// The product asks nobody for a name: the data's shop does, so what is sealed is opened here to be compared.
async function byNameAndZip(people: People, given: Record<string, unknown>): Promise<string> {
  const { first_name, last_name, zip } = z
    .object({
      first_name: text,
      last_name: text,
      zip: text,
    })
    .parse(given);
  const wanted = [first_name, last_name].join("\n").toLowerCase();
  for (const [userId, { caller, names }] of people) {
    if (names.join("\n").toLowerCase() === wanted) {
      const { address } = await demoShop.findProfile(caller);
      if (address?.zip === zip) {
        return userId;
      }
    }
  }
  return "Error: user not found";
}

async function ofUser(
  people: People,
  given: Record<string, unknown>,
  work: (userId: string, caller: ShopCaller) => Promise<unknown>,
): Promise<unknown> {
  const userId = text.parse(given["user_id"]);
  const person = people.get(userId);
  return person ? await work(userId, person.caller) : "Error: user not found";
}

/** Whose order it is: in the product the caller is who is signed in, and no call says who that is. */
async function ownerOf(people: People, orderId: string): Promise<[string, ShopCaller] | null> {
  const owner = orderId.startsWith("#") ? await findOrderOwner(orderId) : null;
  const known = [...people].find(([, { caller }]) => caller.id === owner);
  return known ? [known[0], known[1].caller] : null;
}

async function orderDetails(people: People, orderId: string): Promise<unknown> {
  const owner = await ownerOf(people, orderId);
  const order = owner && (await demoShop.findOrder(owner[1], orderId));
  return order && `#${order.number}` === orderId
    ? showOrder(order, owner[0])
    : "Error: order not found";
}

async function changeOrder(
  people: People,
  orderId: string,
  request: () => EffectRequest,
): Promise<unknown> {
  const owner = await ownerOf(people, orderId);
  if (!owner) {
    return "Error: order not found";
  }
  const asked = EffectRequest.safeParse(request());
  if (!asked.success) {
    return asked.error.issues.some(({ path }) => path.includes("reason"))
      ? "Error: invalid reason"
      : `Error: ${asked.error.message}`;
  }
  const { done, error } = await perform(owner[1], asked.data);
  return done ? await orderDetails(people, orderId) : error;
}

async function perform(caller: ShopCaller, request: EffectRequest) {
  const effect = demoShop.effects[request.kind];
  if (!effect) {
    throw new Error(`The shop does not offer ${request.kind}`);
  }
  return await effect.perform(caller, request, newId(), AbortSignal.timeout(EFFECT_MS));
}

async function productDetails(id: string): Promise<unknown> {
  const product = await demoShop.findProduct(id);
  return product ? showProduct(product) : "Error: product not found";
}

type Product = Awaited<ReturnType<typeof demoShop.listProducts>>[number];

export function showProduct({ id, name, variants }: Product): Record<string, unknown> {
  return {
    name,
    product_id: id,
    variants: Object.fromEntries(
      variants.map((variant) => [
        variant.id,
        {
          item_id: variant.id,
          options: variant.options,
          available: isAvailable(variant),
          price: variant.priceCents / 100,
        },
      ]),
    ),
  };
}

async function productTypes(): Promise<Record<string, string>> {
  const products = await demoShop.listProducts();
  const byName = products.map(({ name, id }) => [name, id] as const);
  return Object.fromEntries(byName.sort(([one], [other]) => (one < other ? -1 : 1)));
}

function sum(expression: string): number | string {
  const answer = calculate(expression);
  return answer.startsWith("Error") ? answer : Number(answer);
}
