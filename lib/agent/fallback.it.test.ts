import { afterAll, beforeAll, expect, test } from "vitest";
import { type ModelServer, type Step, startModelServer } from "@/e2e/model-server";
import { newId } from "@/lib/id";
import { demoShop } from "@/lib/shop";
import { sayToCustomer } from "./fault-table";
import type { Endpoint } from "./model";
import { modelStates } from "./model-states";
import { askScripted, newCaller, say, scripted, testLimits } from "./testing";

let server: ModelServer;

beforeAll(async () => {
  server = await startModelServer();
});

afterAll(async () => {
  await server.close();
});

/** A model with a script of its own. */
function model(steps: Step[], repeat = false) {
  const name = `t${newId()}`;
  server.script({ steps, repeat }, name);
  const endpoint: Endpoint = { ...scripted(server.of(name)), model: `model-${name.slice(-4)}` };
  return { endpoint, requests: () => server.requests(name) };
}

async function ask(endpoint: Endpoint, second?: Endpoint) {
  return await say(await newCaller(), newId(), "How long do refunds take?", {
    endpoint,
    ...(second && { second }),
  });
}

test("an answer of the first model is told to be its own", async () => {
  const { answer, stored, requests } = await askScripted(server, [{ text: "Five working days." }]);
  expect(answer).toBe("Five working days.");
  expect(stored.meta).toMatchObject({ model: "scripted" });
  expect(stored.meta.fallback).toBeUndefined();
  expect(requests).toHaveLength(1);
});

test("one failure before the first word is tried again, and nobody notices", async () => {
  const { answer, stored, requests } = await askScripted(server, [
    { fault: "server_error" },
    { text: "All is well." },
  ]);
  expect(answer).toBe("All is well.");
  expect(stored.meta.fallback).toBeUndefined();
  expect(requests).toHaveLength(2);
});

test("where the first model has a wrong key, the second one answers, and the first is left alone from then on", async () => {
  const first = model([{ fault: "wrong_key" }], true);
  const second = model([{ text: "Five working days." }], true);
  const asked = await askScripted(server, [{ fault: "wrong_key" }], { second: second.endpoint });
  expect(asked.answer).toBe("Five working days.");
  expect(asked.stored.meta).toMatchObject({ fallback: "wrong_key", model: second.endpoint.model });
  for (let customers = 0; customers < 3; customers += 1) {
    expect((await ask(first.endpoint, second.endpoint)).answer).toBe("Five working days.");
  }
  expect(first.requests()).toHaveLength(1);
  expect(modelStates([first.endpoint, second.endpoint])).toMatchObject([
    { role: "first", name: first.endpoint.model, state: "down", why: "wrong_key" },
    { role: "second", name: second.endpoint.model, state: "up" },
    { role: "offline", state: "up" },
  ]);
});

test("where both models fail, the customer is told of the first one's trouble and gets our own help", async () => {
  const second = model([{ fault: "quota" }]);
  const { answer, stored } = await askScripted(server, [{ fault: "unknown_model" }], {
    second: second.endpoint,
  });
  expect(answer.startsWith(sayToCustomer("unknown_model"))).toBe(true);
  expect(stored.meta).toMatchObject({ fallback: "unknown_model", model: "offline model" });
});

test("a model that fails for everybody is asked no more, and later customers need not wait for it", async () => {
  const first = model([{ fault: "server_error" }], true);
  for (let customers = 0; customers < 4; customers += 1) {
    const { answer } = await ask(first.endpoint);
    expect(answer.startsWith(sayToCustomer("server_error"))).toBe(true);
  }
  expect(first.requests()).toHaveLength(4);
});

test("a pause that the provider asks for is kept where it fits", async () => {
  const startedMs = performance.now();
  const { answer, stored, requests } = await askScripted(server, [
    { fault: "rate_limit", retryAfter: "1" },
    { text: "Five working days." },
  ]);
  expect(answer).toBe("Five working days.");
  expect(stored.meta.fallback).toBeUndefined();
  expect(requests).toHaveLength(2);
  expect(performance.now() - startedMs).toBeGreaterThanOrEqual(1_000);
});

test("a pause that is longer than a customer's patience is not waited for, and nobody else disturbs the provider", async () => {
  const inAMinute = new Date(Date.now() + 60_000).toUTCString();
  const first = model([{ fault: "rate_limit", retryAfter: inAMinute }], true);
  const second = model([{ text: "Five working days." }], true);
  const startedMs = performance.now();
  for (let customers = 0; customers < 2; customers += 1) {
    expect((await ask(first.endpoint, second.endpoint)).answer).toBe("Five working days.");
  }
  expect(performance.now() - startedMs).toBeLessThan(15_000);
  expect(first.requests()).toHaveLength(1);
});

const patience = { usefulMs: 1_500, reserveMs: 300, firstTokenMs: 6_000, betweenTokensMs: 6_000 };
const lookUp: Step = { toolCalls: [{ name: "list_orders", args: {} }] };

test.each<[string, Step[]]>([
  ["hangs", [{ fault: "hang" }]],
  ["begins and comes to no word", [{ fault: "silent" }]],
  ["looks something up and then hangs", [lookUp, { fault: "hang" }]],
])("when each model %s, all of them together have the time that one has", async (_, steps) => {
  const second = model(steps);
  const { result, stored } = await askScripted(server, steps, {
    limits: patience,
    second: second.endpoint,
  });
  expect(result.outcome).toBe("done");
  expect(stored.meta.model).toBe("offline model");
  // One and a half are due; the limit of one model alone would be six, and a busy machine is given what lies between.
  expect(stored.meta.firstTokenMs).toBeLessThan(5_500);
});

test("a conversation that is too long for the model is shortened once, and answered", async () => {
  const { endpoint, requests } = model([
    { text: `That is a long story. ${"I understand. ".repeat(60)}` },
    { fault: "too_long" },
    { text: "Five working days." },
  ]);
  const caller = await newCaller();
  const conversationId = newId();
  await say(caller, conversationId, `My story: ${"it rained and rained. ".repeat(80)}`, {
    endpoint,
  });
  const { answer } = await say(caller, conversationId, "How long do refunds take?", { endpoint });
  expect(answer).toBe("Five working days.");
  const [, whole = "", shortened = ""] = requests().map(({ messages }) => JSON.stringify(messages));
  expect(shortened.length).toBeLessThan(whole.length - 500);
  expect(shortened).toContain("How long do refunds take?");
});

test("a model that refuses the temperature is asked again without it, and from then on never with it", async () => {
  const { endpoint, requests } = model([{ text: "Fine.", fault: "no_temperature" }], true);
  const answers = [(await ask(endpoint)).answer, (await ask(endpoint)).answer];
  expect(answers).toEqual(["Fine.", "Fine."]);
  expect(requests().map(({ temperature }) => temperature)).toEqual([0.7, undefined, undefined]);
});

test("a customer who presses stop while the model is given a pause is heard at once", async () => {
  const stop = new AbortController();
  const caller = await newCaller();
  const { endpoint, requests } = model([{ fault: "rate_limit", retryAfter: "8" }]);
  const saying = say(caller, newId(), "Hello", { endpoint, signal: stop.signal });
  while (requests().length === 0) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  const stoppedMs = performance.now();
  stop.abort();
  expect((await saying).result.outcome).toBe("stopped");
  expect(performance.now() - stoppedMs).toBeLessThan(6_000);
});

test("the model never reads the customer's e-mail or telephone number, and the stored answer holds none", async () => {
  const { answer, requests } = await askScripted(
    server,
    [{ text: "I will write to [EMAIL_1], and our number is 555-987-6543." }],
    { text: "My e-mail is sarah@techcorp.example and my phone is 555-123-4567" },
  );
  const sent = JSON.stringify(requests);
  expect(sent).not.toContain("sarah@techcorp.example");
  expect(sent).not.toContain("555-123-4567");
  expect(sent).toContain("[EMAIL_1]");
  expect(answer).toContain("[EMAIL_1]");
  expect(answer).not.toContain("555-987-6543");
});

test("a script can be set and its requests be read from another process", async () => {
  const name = `t${newId()}`;
  const url = new URL(server.url);
  const body = JSON.stringify({ match: "refunds", steps: [{ text: "Scripted over HTTP." }] });
  await fetch(new URL(`/scripts/${name}`, url), { method: "POST", body });
  const { answer } = await ask(scripted(server.of(name)));
  expect(answer).toBe("Scripted over HTTP.");
  const requests = await (await fetch(new URL(`/requests/${name}`, url))).json();
  expect(requests).toHaveLength(1);
});

test("whoever the model names, its tools work for the customer of the turn, and its ids are only text", async () => {
  const stranger = await newCaller();
  const asked: { id: string; number: string }[] = [];
  const { caller, messages } = await askScripted(
    server,
    [
      {
        toolCalls: [
          {
            id: `<b>${"x".repeat(500)}</b> of ${stranger.id}`,
            name: "look_up_order",
            args: { number: "12345", customerId: stranger.id, caller: { id: stranger.id } },
          },
        ],
      },
      { text: "There is no such order." },
    ],
    {
      shop: {
        ...demoShop,
        findOrder: ({ id }, number) => {
          asked.push({ id, number });
          return Promise.resolve(null);
        },
      },
      limits: testLimits,
    },
  );
  expect(asked).toEqual([{ id: caller.id, number: "12345" }]);
  const tool = messages.find(({ role }) => role === "tool")?.tool;
  expect(tool?.callId).toMatch(/^[\w-]{1,64}$/);
  expect(JSON.stringify(tool)).not.toContain(stranger.id);
});
