import { afterAll, beforeAll, expect, test } from "vitest";
import { type ModelServer, startModelServer } from "@/e2e/model-server";
import { claimTurn, confirmProposal } from "@/lib/conversation";
import { newId } from "@/lib/id";
import { demoShop } from "@/lib/shop";
import { carryOut } from "./agent/carry-out";
import { newCaller, say, scripted, testLimits } from "./agent/testing";
import { runTurn } from "./agent/turn";
import { onlyProposal } from "./proposal-for-tests";
import { type Shopper, shopper } from "./shop/shopper-for-tests";

let server: ModelServer;

beforeAll(async () => {
  server = await startModelServer();
});
afterAll(() => server.close());

type Asked = { name: string; args: Record<string, unknown> };

/** A model that prepares one change, the card that it leaves, and what the customer is told once they have confirmed. */
async function play({ caller: { id } }: Shopper, call: Asked, words: string) {
  const name = `c${newId()}`;
  const caller = { ...(await newCaller()), id };
  const conversationId = newId();
  const options = { endpoint: scripted(server.of(name)), limits: testLimits };
  server.script({ steps: [{ toolCalls: [call] }, { text: "Please confirm it below." }] }, name);
  await say(caller, conversationId, words, options);
  const told = JSON.stringify(server.requests(name)[1]?.messages);
  const proposal = await onlyProposal(caller, conversationId);
  server.script({ steps: [{ text: "It is done." }] }, name);
  const finish = async () => {
    await confirmProposal(caller, proposal.id);
    const turnId = await carryOut(proposal.id, { runnerId: newId() });
    const turn = turnId && (await claimTurn(newId(), turnId));
    expect(turn && (await runTurn(turn, options)).outcome).toBe("done");
    return JSON.stringify(server.requests(name)[2]?.messages.slice(-2));
  };
  return { told, card: JSON.stringify(proposal.card), finish };
}

const order = async ({ caller, number }: Shopper) => await demoShop.findOrder(caller, number);

test("an address that the customer wrote reaches the shop, and the model knows it by its placeholder alone", async () => {
  const buyer = await shopper();
  const { told, card, finish } = await play(
    buyer,
    {
      name: "change_order_address",
      args: { number: buyer.number, address1: "[ADDRESS_1]" },
    },
    "Please send it to Rosenstraße 12, 04155 Leipzig instead",
  );
  expect(told).toContain("Nothing has been done");
  expect(told).not.toContain("Rosenstra");
  expect(card).toContain("Rosenstraße 12");
  expect((await order(buyer))?.address).toContain("Kiel");
  const after = await finish();
  expect(after).toContain("change_order_address");
  expect(after).toContain("was changed");
  expect(after).not.toContain("Rosenstra");
  expect((await order(buyer))?.address).toContain("Rosenstraße 12");
});

test("another way to pay is shown with both ways, and both are told apart", async () => {
  const buyer = await shopper();
  const args = { number: buyer.number, paymentMethodId: "gift" };
  const { card, finish } = await play(
    buyer,
    { name: "change_order_payment", args },
    "Take it from my gift card, please",
  );
  expect(card).toContain("Visa ending in 4711");
  expect(card).toContain("€20.00 is taken from your gift card");
  expect(await finish()).toContain("goes back to your credit card");
  expect((await order(buyer))?.payments).toHaveLength(3);
});

test("other items are shown with the difference, and changed when they are confirmed", async () => {
  const buyer = await shopper();
  const { number, mug } = buyer;
  const args = {
    number,
    itemIds: [`${mug}-red`],
    newItemIds: [`${mug}-blue`],
    paymentMethodId: "visa",
  };
  const { card, finish } = await play(
    buyer,
    { name: "change_order_items", args },
    "Make one of them blue",
  );
  expect(card).toContain("red becomes blue (+€5.05)");
  await finish();
  expect((await order(buyer))?.status).toBe("items_modified");
});

test("a return says what goes back to where, and is noted when it is confirmed", async () => {
  const buyer = await shopper({ status: "delivered", deliveredAt: new Date() });
  const { number, mug } = buyer;
  const args = { number, itemIds: [`${mug}-red`], paymentMethodId: "visa" };
  const { card, finish } = await play(
    buyer,
    { name: "return_items", args },
    "I want to send one back",
  );
  expect(card).toContain("€10.00 goes back to Visa ending in 4711");
  expect(await finish()).toContain("is noted");
  expect((await order(buyer))?.status).toBe("return_requested");
});

test("an exchange puts the new item aside when it is confirmed", async () => {
  const buyer = await shopper({ status: "delivered", deliveredAt: new Date() });
  const { number, mug } = buyer;
  const args = {
    number,
    itemIds: [`${mug}-red`],
    newItemIds: [`${mug}-blue`],
    paymentMethodId: "paypal",
  };
  const { finish } = await play(buyer, { name: "exchange_items", args }, "Blue instead of red");
  await finish();
  expect((await order(buyer))?.sentBack).toMatchObject({ kind: "exchange", differenceCents: 505 });
});

test("the stored address is changed when it is confirmed", async () => {
  const buyer = await shopper();
  const args = { address1: "Neue Gasse 5", zip: "99084", city: "Erfurt", country: "Germany" };
  const { card, finish } = await play(
    buyer,
    { name: "change_profile_address", args },
    "I have moved",
  );
  expect(card).toContain("Neue Gasse 5, 99084 Erfurt");
  await finish();
  expect((await demoShop.findProfile(buyer.caller)).address?.city).toBe("Erfurt");
});

test("what a model is told of order, profile, product and sums is the customer's own", async () => {
  const buyer = await shopper();
  const stranger = await shopper();
  const name = `c${newId()}`;
  const caller = { ...(await newCaller()), id: buyer.caller.id };
  const options = { endpoint: scripted(server.of(name)), limits: testLimits };
  const toolCalls = [
    { name: "look_up_order", args: { number: buyer.number } },
    { name: "look_up_order", args: { number: stranger.number } },
    { name: "look_up_profile", args: {} },
    { name: "look_up_product", args: { product: buyer.mug } },
    { name: "list_products", args: {} },
    { name: "calculate", args: { expression: "2 * 10.00 + 5.05" } },
    {
      name: "return_items",
      args: { number: stranger.number, itemIds: ["x"], paymentMethodId: "visa" },
    },
  ];
  server.script({ steps: [{ toolCalls }, { text: "Here you are." }] }, name);
  await say(caller, newId(), "Tell me everything", options);
  const [own, foreign, profile, product, products, sum, refused] =
    server
      .requests(name)[1]
      ?.messages.filter(({ role }) => role === "tool")
      .map(({ content }) => String(content)) ?? [];
  expect(own).toContain(`${buyer.mug}-red`);
  expect(own).toContain('"paidBy":["visa"]');
  expect(foreign).toContain("no order of that number");
  expect(profile).toContain("[ADDRESS_");
  expect(profile).not.toContain("Hafenweg");
  expect(profile).toContain('"balance":"€50.00"');
  expect(product).toContain('"available":true');
  expect(products).toContain("Enamel mug");
  expect(sum).toContain("25.05");
  expect(refused).toContain("order not found");
});
