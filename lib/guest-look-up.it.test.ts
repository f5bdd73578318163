import { afterAll, beforeAll, expect, test } from "vitest";
import { type ModelServer, startModelServer } from "@/e2e/model-server";
import { acceptMessage } from "@/lib/conversation";
import { findCustomerByEmail, registerCustomer } from "@/lib/customer";
import { newId } from "@/lib/id";
import { demoShop } from "@/lib/shop";
import { newCaller, say, scripted, testLimits } from "./agent/testing";
import { shopper } from "./shop/shopper-for-tests";

let server: ModelServer;

beforeAll(async () => {
  server = await startModelServer();
});
afterAll(() => server.close());

/** Somebody who ordered with an account. */
async function owner() {
  const email = `ida-${newId()}@example.com`;
  await registerCustomer(null, { email, name: "Ida Berg" });
  const known = await findCustomerByEmail(email);
  const caller = { id: known?.id ?? "", keyEpoch: 1 };
  const expectedAt = new Date("2026-12-24T12:00:00Z");
  return { email, ...(await shopper({ status: "shipped", expectedAt }, caller)) };
}

/** A guest in a conversation. */
async function guest() {
  const caller = await newCaller();
  const conversationId = newId();
  await acceptMessage(caller, { id: newId(), conversationId, text: "Hello" });
  const ask = async (number: string, email: string) =>
    await demoShop.findGuestOrder?.({ conversationId, customerId: caller.id, number, email });
  return { caller, conversationId, ask };
}

test("a guest who names number and e-mail learns status and date, and nothing else", async () => {
  const { email, number } = await owner();
  const { ask } = await guest();
  expect(await ask(`#${number}`, ` ${email.toUpperCase()} `)).toEqual({
    number,
    status: "shipped",
    expectedAt: "2026-12-24T12:00:00.000Z",
    deliveredAt: null,
  });
});

test("a wrong number and a wrong e-mail read alike, to the guest and to the model", async () => {
  const { email, number } = await owner();
  const name = `g${newId()}`;
  const toolCalls = [
    { name: "look_up_guest_order", args: { number: "W99999999", email } },
    { name: "look_up_guest_order", args: { number, email: "nobody@example.com" } },
    { name: "look_up_guest_order", args: { number, email: "[EMAIL_1]" } },
  ];
  server.script({ steps: [{ toolCalls }, { text: "I see." }] }, name);
  const options = { endpoint: scripted(server.of(name)), limits: testLimits };
  await say(await newCaller(), newId(), `Where is ${number}? I am ${email}`, options);
  const [one, other, right] =
    server
      .requests(name)[1]
      ?.messages.filter(({ role }) => role === "tool")
      .map(({ content }) => String(content)) ?? [];
  expect(one).toBe(other);
  expect(one).toContain("no order with that number and that e-mail");
  expect(right).toContain('"status":"on its way"');
  expect(right).toContain("24 December 2026");
  expect(right).not.toMatch(/mug|Berg|Kiel|€/);
});

test("tries end after five in a conversation, also right ones, and also at the same moment", async () => {
  const { email, number } = await owner();
  const { ask } = await guest();
  const wrong = await Promise.all([1, 2, 3, 4, 5, 6, 7].map(() => ask("W99999999", email)));
  expect(wrong.filter((each) => each === null)).toHaveLength(5);
  expect(await ask(number, email)).toBe("limited");
});

test("what one conversation was shown gives another nothing, and a signed-in owner all", async () => {
  const { email, number, caller } = await owner();
  const first = await guest();
  expect(await first.ask(number, email)).toMatchObject({ number });
  const second = await guest();
  expect(await demoShop.findOrder(second.caller, number)).toBeNull();
  expect(await demoShop.findOrder(first.caller, number)).toBeNull();
  expect((await demoShop.findOrder(caller, number))?.items).toHaveLength(1);
});

test("an address that many guests try with wrong numbers is closed to all of them for a while", async () => {
  const { email, number } = await owner();
  for (const at of [1, 2, 3, 4]) {
    const { ask } = await guest();
    for (const digits of [1, 2, 3, 4, 5]) {
      expect(await ask(`W8888${at}${digits}`, email)).toBeNull();
    }
  }
  const { ask } = await guest();
  expect(await ask(number, email)).toBe("limited");
});
