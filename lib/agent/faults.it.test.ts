import { afterAll, beforeAll, expect, test } from "vitest";
import { type ModelServer, type Step, startModelServer } from "@/e2e/model-server";
import type { CustomerCaller } from "@/lib/auth/schema";
import { since } from "@/lib/conversation";
import { newId } from "@/lib/id";
import type { Limits } from "./limits";
import { newCaller, say, scripted, testLimits } from "./testing";

let server: ModelServer;

beforeAll(async () => {
  server = await startModelServer();
});

afterAll(async () => {
  await server.close();
});

/** Asks one question of an endpoint that behaves as scripted. */
async function ask(
  steps: Step[],
  text = "How long do refunds take?",
  limits: Partial<Limits> = {},
) {
  const name = `t${newId()}`;
  server.script({ steps }, name);
  const caller = await newCaller();
  const conversationId = newId();
  const said = await say(caller, conversationId, text, {
    endpoint: scripted(server.of(name)),
    limits: { ...testLimits, ...limits },
  });
  return { ...said, caller, conversationId, requests: server.requests(name) };
}

const FALLBACK = "Here is what our automatic help can tell you";

test("an answer of a real endpoint is stored as it was said", async () => {
  const { answer, result, requests } = await ask([{ text: "Refunds take five working days." }]);
  expect(answer).toBe("Refunds take five working days.");
  expect(result.outcome).toBe("done");
  expect(requests).toHaveLength(1);
});

test.each<[string, Step[], Partial<Limits>?]>([
  ["closes the connection", [{ fault: "refuse" }, { fault: "refuse" }]],
  ["sends something that is not JSON", [{ fault: "malformed" }, { fault: "malformed" }]],
  ["limits the rate", [{ fault: "rate_limit" }, { fault: "rate_limit" }]],
  ["has an error of its own", [{ fault: "server_error" }, { fault: "server_error" }]],
  ["says nothing at all", [{ fault: "empty" }, { fault: "empty" }]],
])(
  "when the model %s, the customer gets the offline answer and the offer of a person",
  async (_, steps, limits) => {
    const { answer, result, requests, messages } = await ask(steps, undefined, limits);
    expect(result.outcome).toBe("done");
    expect(answer).toContain(FALLBACK);
    expect(answer).toContain("person");
    expect(requests).toHaveLength(2);
    expect(messages.filter(({ role }) => role === "assistant")).toHaveLength(1);
  },
);

test("an address where nobody listens costs the connect limit and no more", async () => {
  const closed = await startModelServer();
  const { url } = closed;
  await closed.close();
  const startedMs = performance.now();
  const { answer } = await say(await newCaller(), newId(), "Hello", { endpoint: scripted(url) });
  expect(answer).toContain(FALLBACK);
  expect(performance.now() - startedMs).toBeLessThan(3_000);
});

test("one failure before the first word is tried again, and nobody notices", async () => {
  const { answer, requests } = await ask([{ fault: "server_error" }, { text: "All is well." }]);
  expect(answer).toBe("All is well.");
  expect(requests).toHaveLength(2);
});

test.each<[string, Step]>([
  ["cuts the connection", { text: "Refunds take five working days in all.", fault: "cut" }],
  ["goes silent", { text: "Refunds take five working days in all.", fault: "stall" }],
])(
  "when the model %s in mid-answer, what was said is kept as interrupted and not repeated",
  async (_, step) => {
    const { answer, state, result, requests } = await ask([step], undefined, {
      betweenTokensMs: 800,
    });
    expect(result.outcome).toBe("stopped");
    expect(state).toBe("interrupted");
    expect(answer).toMatch(/^Refunds take five/);
    expect(answer).toContain("You can try again");
    expect(requests).toHaveLength(1);
  },
);

test("a model that refuses the temperature is asked again without it, and from then on never with it", async () => {
  const name = `t${newId()}`;
  server.script({ steps: [{ text: "Fine.", fault: "no_temperature" }], repeat: true }, name);
  const endpoint = scripted(server.of(name));
  const first = await say(await newCaller(), newId(), "Hello", { endpoint });
  const second = await say(await newCaller(), newId(), "Hello", { endpoint });
  expect([first.answer, second.answer]).toEqual(["Fine.", "Fine."]);
  expect(server.requests(name).map(({ temperature }) => temperature)).toEqual([
    0.7,
    undefined,
    undefined,
  ]);
});

test("a tool that does not exist, and arguments that make no sense, go back to the model as a sentence", async () => {
  const { answer, requests } = await ask([
    { toolCalls: [{ name: "refund_everything", args: { all: true } }] },
    { toolCalls: [{ name: "look_up_order", args: { numero: 7 } }] },
    { toolCalls: [{ name: "look_up_order", args: "not json" }] },
    { text: "I could not look that up." },
  ]);
  expect(answer).toBe("I could not look that up.");
  const [, afterUnknown, afterWrong] = requests.map(({ messages }) => JSON.stringify(messages));
  expect(afterUnknown).toContain("There is no tool of that name");
  expect(afterWrong).toContain("do not fit its description");
  expect(afterWrong).not.toContain("node_modules");
});

test("a model that calls tools for ever is cut off", async () => {
  const name = `t${newId()}`;
  server.script(
    { steps: [{ toolCalls: [{ name: "list_orders", args: {} }] }], repeat: true },
    name,
  );
  const { answer } = await say(await newCaller(), newId(), "Hello there", {
    endpoint: scripted(server.of(name)),
  });
  expect(answer).toContain(FALLBACK);
  expect(server.requests(name).length).toBeLessThanOrEqual(testLimits.modelCallsMax + 1);
});

test("a turn that takes too long as a whole ends with the words that were said", async () => {
  const name = `t${newId()}`;
  server.script({ steps: [{ text: "word ".repeat(900), tokenDelayMs: 10 }] }, name);
  const { state, result } = await say(await newCaller(), newId(), "Hello", {
    endpoint: scripted(server.of(name)),
    limits: { ...testLimits, turnMs: 2_500 },
  });
  expect(result.outcome).toBe("stopped");
  expect(state).toBe("interrupted");
});

test("the model never reads the customer's e-mail or telephone number, and the stored answer holds none", async () => {
  const { answer, requests } = await ask(
    [{ text: "I will write to [EMAIL_1], and our number is 555-987-6543." }],
    "My e-mail is sarah@techcorp.example and my phone is 555-123-4567",
  );
  const sent = JSON.stringify(requests);
  expect(sent).not.toContain("sarah@techcorp.example");
  expect(sent).not.toContain("555-123-4567");
  expect(sent).toContain("[EMAIL_1]");
  expect(answer).toContain("[EMAIL_1]");
  expect(answer).not.toContain("555-987-6543");
});

test("a person who is asked for by the model is asked for when the answer is stored", async () => {
  const { caller, conversationId, answer } = await ask([
    { toolCalls: [{ name: "hand_off", args: { reason: "agent_unsure" } }] },
    { text: "A person will answer here." },
  ]);
  expect(answer).toBe("A person will answer here.");
  expect(await roles(caller, conversationId)).toEqual(["customer", "tool", "assistant", "event"]);
});

test("a person whom a model asked for before it broke is still asked for", async () => {
  const handOff: Step = { toolCalls: [{ name: "hand_off", args: { reason: "safety" } }] };
  const fault: Step = { fault: "server_error" };
  const { caller, conversationId, answer } = await ask([handOff, fault, fault], "Hello there");
  expect(answer).toContain(FALLBACK);
  expect(await roles(caller, conversationId)).toContain("event");
});

test("a script can be set and its requests be read from another process", async () => {
  const name = `t${newId()}`;
  const url = new URL(server.url);
  const body = JSON.stringify({ match: "refunds", steps: [{ text: "Scripted over HTTP." }] });
  await fetch(new URL(`/scripts/${name}`, url), { method: "POST", body });
  const endpoint = scripted(server.of(name));
  const { answer } = await say(await newCaller(), newId(), "About refunds", { endpoint });
  expect(answer).toBe("Scripted over HTTP.");
  const requests = await (await fetch(new URL(`/requests/${name}`, url))).json();
  expect(requests).toHaveLength(1);
});

async function roles(caller: CustomerCaller, conversationId: string): Promise<string[]> {
  return (await since(conversationId, caller, 0)).map(({ role }) => role);
}
