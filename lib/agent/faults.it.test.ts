import { afterAll, beforeAll, expect, test } from "vitest";
import { type ModelServer, type Step, startModelServer } from "@/e2e/model-server";
import { claimTurn, retryAnswer, since } from "@/lib/conversation";
import { newId } from "@/lib/id";
import { type FaultCode, faultCodes, sayToCustomer } from "./fault-table";
import type { Limits } from "./limits";
import { readLastAnswer } from "./store-for-tests";
import { askScripted, lastAnswer, newCaller, say, scripted, testLimits } from "./testing";
import { runTurn } from "./turn";

let server: ModelServer;

beforeAll(async () => {
  server = await startModelServer();
});

afterAll(async () => {
  await server.close();
});

type Case = {
  code: FaultCode;
  when: string;
  steps: Step[];
  /** How often the model is asked before it is given up. */
  requests: number;
  limits?: Partial<Limits>;
};

const call = (name: string, args: object | string): Step => ({
  toolCalls: [{ name, args: typeof args === "string" ? args : { ...args } }],
});
const twice = (step: Step): Step[] => [step, step];
const searches = Array.from({ length: 9 }, (_, at) => call("search_articles", { query: `q${at}` }));

const before: Case[] = [
  {
    code: "refused",
    when: "closes the connection",
    steps: twice({ fault: "refuse" }),
    requests: 2,
  },
  {
    code: "hung",
    when: "takes the question and is never heard of again",
    steps: [{ fault: "hang" }],
    requests: 1,
    limits: { firstTokenMs: 300 },
  },
  {
    code: "slow",
    when: "begins to answer and never comes to a word",
    steps: [{ fault: "silent" }],
    requests: 1,
    limits: { firstTokenMs: 1_200 },
  },
  { code: "cut", when: "cuts before a word", steps: twice({ fault: "cut" }), requests: 2 },
  { code: "malformed", when: "sends no JSON", steps: twice({ fault: "malformed" }), requests: 2 },
  {
    code: "rate_limited",
    when: "limits the rate",
    steps: twice({ fault: "rate_limit" }),
    requests: 2,
  },
  {
    code: "server_error",
    when: "answers 500",
    steps: twice({ fault: "server_error" }),
    requests: 2,
  },
  { code: "server_error", when: "answers 503", steps: twice({ fault: "overloaded" }), requests: 2 },
  { code: "rejected", when: "answers 422", steps: [{ fault: "rejected" }], requests: 1 },
  { code: "wrong_key", when: "answers 401", steps: [{ fault: "wrong_key" }], requests: 1 },
  { code: "wrong_key", when: "answers 403", steps: [{ fault: "forbidden" }], requests: 1 },
  { code: "unknown_model", when: "answers 404", steps: [{ fault: "unknown_model" }], requests: 1 },
  { code: "quota_spent", when: "has no quota left", steps: [{ fault: "quota" }], requests: 1 },
  { code: "quota_spent", when: "answers 402", steps: [{ fault: "payment" }], requests: 1 },
  {
    code: "too_long",
    when: "cannot read so much",
    steps: twice({ fault: "too_long" }),
    requests: 2,
  },
  { code: "filtered", when: "filters the question", steps: [{ fault: "filtered" }], requests: 1 },
  {
    code: "filtered",
    when: "filters all of the answer",
    steps: [{ finish: "content_filter" }],
    requests: 1,
  },
  { code: "empty", when: "says nothing", steps: twice({ fault: "empty" }), requests: 2 },
  { code: "empty", when: "says blanks", steps: twice({ text: " \n \n" }), requests: 2 },
  {
    code: "unknown_tool",
    when: "calls a tool that does not exist, again and again",
    steps: ["a", "b", "c"].map((name) => call(name, {})),
    requests: 3,
  },
  {
    code: "bad_arguments",
    when: "calls a tool with nonsense, again and again",
    steps: ["look_up_order", "search_articles", "look_up_order"].map((name) =>
      call(name, "nonsense"),
    ),
    requests: 3,
  },
  {
    code: "loop",
    when: "asks the same thing over and over",
    steps: Array.from({ length: 4 }, () => call("list_orders", {})),
    requests: 3,
  },
  { code: "loop", when: "looks things up for ever", steps: searches, requests: 7 },
];

test.each(before)(
  "when the model $when, the customer gets our own help at once, told why, and may have a person ($code)",
  async ({ code, steps, requests, limits = {} }) => {
    const asked = await askScripted(server, steps, { limits });
    expect(asked.result.outcome).toBe("done");
    expect(asked.answer.startsWith(sayToCustomer(code))).toBe(true);
    expect(asked.answer).toContain("a person can take over whenever you ask for one");
    expect(asked.stored.meta).toMatchObject({ fallback: code, model: "offline model" });
    expect(asked.requests).toHaveLength(requests);
    expect(asked.messages.filter(({ role }) => role === "assistant")).toHaveLength(1);
  },
);

test("an address that nobody knows is told to be out of reach", async () => {
  const endpoint = scripted("http://nobody.invalid/v1");
  const { answer } = await say(await newCaller(), newId(), "Hello", { endpoint });
  expect(answer.startsWith(sayToCustomer("unreachable"))).toBe(true);
});

const SAID = "Refunds take five working days in all.";
const long = Array.from({ length: 60 }, (_, at) => `Sentence number ${at} ends here.`).join(" ");

const after: Omit<Case, "requests">[] = [
  { code: "cut", when: "cuts the connection", steps: [{ text: SAID, fault: "cut" }] },
  {
    code: "stalled",
    when: "goes silent",
    steps: [{ text: SAID, fault: "stall" }],
    limits: { betweenTokensMs: 1_500 },
  },
  { code: "malformed", when: "sends no JSON", steps: [{ text: SAID, fault: "garbled" }] },
  {
    code: "server_error",
    when: "says it has an error",
    steps: [{ text: SAID, fault: "error_event" }],
  },
  { code: "filtered", when: "filters the rest", steps: [{ text: SAID, finish: "content_filter" }] },
  { code: "endless", when: "reaches its own limit", steps: [{ text: SAID, finish: "length" }] },
  {
    code: "endless",
    when: "does not come to an end",
    steps: [{ text: `${SAID} Then`, fault: "endless" }],
    limits: { answerCharsMax: 400 },
  },
  {
    code: "turn_timeout",
    when: "takes too long as a whole",
    steps: [{ text: `Refunds take ${long}`, tokenDelayMs: 30 }],
    limits: { turnMs: 3_000 },
  },
  {
    code: "wrong_key",
    when: "loses its key between two calls",
    steps: [
      { text: "Refunds take five days, but ", ...call("list_orders", {}) },
      { fault: "wrong_key" },
    ],
  },
];

test.each(after)(
  "when the model $when in mid-answer, what was said is kept, told why, and a retry answers anew ($code)",
  async ({ code, steps, limits = {} }) => {
    // Word by word: a failure that comes with the words may overtake those that nobody has taken yet.
    const spoken = steps.map((step) => ({ tokenDelayMs: 20, ...step }));
    const asked = await askScripted(server, spoken, { limits });
    const { caller, conversationId, endpoint, stored, requests } = asked;
    expect(asked.result.outcome).toBe("stopped");
    expect(stored).toMatchObject({ state: "interrupted", turn: { failure: `model_${code}` } });
    expect(asked.answer).toMatch(/^Refunds/);
    expect(asked.answer).toContain(`\n\n${sayToCustomer(code)} You can try again`);
    expect(requests).toHaveLength(steps.length);

    const turn = await claimTurn("retry", (await retryAnswer(caller, conversationId)) ?? undefined);
    const fresh = { ...endpoint, model: "scripted-again" };
    server.script({ steps: [{ text: "Five working days." }] }, nameOf(endpoint.baseUrl));
    const { outcome = null } = turn
      ? await runTurn(turn, { endpoint: fresh, limits: testLimits })
      : {};
    expect(outcome).toBe("done");
    expect((await lastAnswer(caller, conversationId)).answer).toBe("Five working days.");
  },
);

function nameOf(baseUrl: string): string {
  return new URL(baseUrl).pathname.split("/")[1] ?? "";
}

test("every failure that has a name is shown to happen here, or where limits of spending are", () => {
  const shown = new Set<FaultCode>([...before, ...after].map(({ code }) => code));
  const others = faultCodes.filter((code) => !shown.has(code) && !code.endsWith("_budget"));
  expect(others).toEqual(["unreachable"]);
});

test("an endless answer ends at a sentence, within its limit", async () => {
  const steps: Step[] = [{ text: `${SAID} And then`, fault: "endless" }];
  const { answer } = await askScripted(server, steps, { limits: { answerCharsMax: 400 } });
  const [said = ""] = answer.split("\n\n");
  expect(said.length).toBeLessThanOrEqual(400);
  expect(said.endsWith("in all.")).toBe(true);
});

test("a tool that does not exist, and arguments that make no sense, go back to the model as a sentence", async () => {
  const { answer, requests, stored } = await askScripted(server, [
    call("refund_everything", { all: true }),
    call("look_up_order", { numero: 7 }),
    call("look_up_order", "not json"),
    { text: "I could not look that up." },
  ]);
  expect(answer).toBe("I could not look that up.");
  expect(stored.meta.fallback).toBeUndefined();
  const [, afterUnknown, afterWrong] = requests.map(({ messages }) => JSON.stringify(messages));
  expect(afterUnknown).toContain("There is no tool of that name");
  expect(afterWrong).toContain("do not fit its description");
  expect(afterWrong).not.toContain("node_modules");
});

test("a person whom a model asked for is asked for, also when it breaks before or in its answer", async () => {
  const handOff = call("hand_off", { reason: "safety" });
  const steps: Step[][] = [
    [handOff, { text: "A person will answer here." }],
    [handOff, { fault: "server_error" }, { fault: "server_error" }],
    [handOff, { text: "A person will answer here.", fault: "cut" }],
  ];
  for (const each of steps) {
    const { caller, conversationId } = await askScripted(server, each, { text: "Hello there" });
    const roles = (await since(conversationId, caller, 0)).map(({ role }) => role);
    expect(roles).toContain("event");
    expect(roles.filter((role) => role === "assistant")).toHaveLength(1);
  }
});

test("nothing of an answer that failed before its first word stays in the record", async () => {
  const { caller, conversationId } = await askScripted(server, [{ fault: "wrong_key" }]);
  const { text, state } = await readLastAnswer(caller, conversationId);
  expect(state).toBe("final");
  expect(text).not.toContain("API key");
});
