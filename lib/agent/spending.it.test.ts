import { afterAll, beforeAll, expect, test } from "vitest";
import { type ModelServer, type Step, startModelServer } from "@/e2e/model-server";
import { newId } from "@/lib/id";
import { sayToCustomer } from "./fault-table";
import { usualLimits } from "./limits";
import type { SpendingLimits } from "./spending";
import { readSiteSpent, readSpent } from "./store-spending";
import { askScripted, newCaller, say, scripted, testLimits } from "./testing";

let server: ModelServer;

beforeAll(async () => {
  server = await startModelServer();
});

afterAll(async () => {
  await server.close();
});

/** The scripted endpoint says that each request took 100 tokens. */
const ANSWER: Step = { text: "Five working days." };
const QUESTION = "How long do refunds take?";

function within(changed: Partial<SpendingLimits>) {
  return { ...testLimits, spending: { ...usualLimits.spending, ...changed } };
}

const tokens = (count: number) => ({ tokens: count, costMicros: Number.POSITIVE_INFINITY });

function model() {
  const name = `t${newId()}`;
  server.script({ steps: [ANSWER], repeat: true }, name);
  return { endpoint: scripted(server.of(name)), requests: () => server.requests(name).length };
}

test("what a turn used is counted to its conversation, its customer's day and the site's day", async () => {
  const { endpoint } = model();
  const caller = await newCaller();
  const conversationId = newId();
  const before = await readSiteSpent();
  await say(caller, conversationId, QUESTION, { endpoint });
  await say(caller, newId(), QUESTION, { endpoint });
  const spent = await readSpent({ conversationId, customerId: caller.id });
  expect(spent.conversation.tokens).toBe(103);
  expect(spent.customerDay.tokens).toBe(206);
  expect((await readSiteSpent()).tokens).toBeGreaterThanOrEqual(before.tokens + 206);
});

test("an answer that broke off is counted too, and a call that was never answered is not", async () => {
  const cut = await askScripted(server, [
    { text: "It takes five days.", fault: "cut", tokenDelayMs: 20 },
  ]);
  const broken = { conversationId: cut.conversationId, customerId: cut.caller.id };
  expect((await readSpent(broken)).conversation.tokens).toBeGreaterThan(200);
  const refused = await askScripted(server, [{ fault: "wrong_key" }]);
  const unanswered = { conversationId: refused.conversationId, customerId: refused.caller.id };
  expect((await readSpent(unanswered)).conversation.tokens).toBe(0);
});

test("a conversation that has used its share is answered by our own help, and another one goes on", async () => {
  const { endpoint, requests } = model();
  const limits = within({ conversation: tokens(100) });
  const caller = await newCaller();
  const conversationId = newId();
  expect((await say(caller, conversationId, QUESTION, { endpoint, limits })).answer).toBe(
    ANSWER.text,
  );
  const { answer, result } = await say(caller, conversationId, QUESTION, { endpoint, limits });
  expect(result.outcome).toBe("done");
  expect(answer.startsWith(sayToCustomer("conversation_budget"))).toBe(true);
  expect((await say(caller, newId(), QUESTION, { endpoint, limits })).answer).toBe(ANSWER.text);
  expect(requests()).toBe(2);
});

test("a customer who has used a day's share is answered by our own help, and the next customer by the model", async () => {
  const { endpoint, requests } = model();
  const limits = within({ customerDay: tokens(100) });
  const caller = await newCaller();
  await say(caller, newId(), QUESTION, { endpoint, limits });
  const { answer } = await say(caller, newId(), QUESTION, { endpoint, limits });
  expect(answer.startsWith(sayToCustomer("customer_budget"))).toBe(true);
  expect((await say(await newCaller(), newId(), QUESTION, { endpoint, limits })).answer).toBe(
    ANSWER.text,
  );
  expect(requests()).toBe(2);
});

test("a site that has used its day's share asks no model any more", async () => {
  const { endpoint, requests } = model();
  await say(await newCaller(), newId(), QUESTION, { endpoint });
  const limits = within({ siteDay: tokens((await readSiteSpent()).tokens) });
  const { answer } = await say(await newCaller(), newId(), QUESTION, { endpoint, limits });
  expect(answer.startsWith(sayToCustomer("site_budget"))).toBe(true);
  expect(requests()).toBe(1);
});

test("one turn that looks up and looks up is ended when it has used its share", async () => {
  const lookUp = (query: string): Step => ({
    toolCalls: [{ name: "search_articles", args: { query } }],
  });
  const { answer, stored, requests } = await askScripted(server, ["a", "b", "c"].map(lookUp), {
    limits: within({ turn: tokens(150) }),
  });
  expect(answer.startsWith(sayToCustomer("turn_budget"))).toBe(true);
  expect(stored.meta.fallback).toBe("turn_budget");
  expect(requests).toHaveLength(2);
});
