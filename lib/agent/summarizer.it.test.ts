import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ModelServer, type Step, startModelServer } from "@/e2e/model-server";
import { newId } from "@/lib/id";
import { countTokens } from "@/lib/memory";
import { asRedacted } from "@/lib/privacy";
import { caseSummaryModel } from "./case-summary";
import { extractSummary } from "./extract-summary";
import { summarizer } from "./summarizer";
import { newCaller, say, scripted } from "./testing";

let server: ModelServer;

beforeAll(async () => {
  server = await startModelServer();
});

afterAll(async () => {
  await server.close();
});

const line = (speaker: string, text: string) => ({ speaker, text: asRedacted(text) });

test("exact values survive a summary that must leave most out", () => {
  const chatter = Array.from({ length: 40 }, (_, at) =>
    line(at % 2 ? "Assistant" : "Customer", "Well, that is nice weather for a walk, is it not."),
  );
  const summary = extractSummary(
    asRedacted("Customer: My name is Sarah."),
    [
      ...chatter,
      line(
        "Customer",
        "My order #ORD-789456 was due on 3 May, it cost €129.00. Write to [EMAIL_1].",
      ),
    ],
    60,
  );
  for (const value of ["Sarah", "#ORD-789456", "3 May", "€129.00", "[EMAIL_1]"]) {
    expect(summary).toContain(value);
  }
});

test("a summary never passes its budget and invents no sentence", () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ minLength: 1, maxLength: 120 }), { maxLength: 20 }),
      fc.integer({ min: 20, max: 200 }),
      (texts, tokensMax) => {
        const summary = extractSummary(
          null,
          texts.map((text) => line("Customer", text)),
          tokensMax,
        );
        expect(countTokens(summary)).toBeLessThanOrEqual(tokensMax + 2);
      },
    ),
    { numRuns: 100 },
  );
});

test("a summary of a summary keeps who said what", () => {
  const first = extractSummary(null, [line("Customer", "I need boots in size 42.")], 100);
  expect(extractSummary(first, [line("Assistant", "They cost €179.00.")], 100)).toBe(
    "Customer: I need boots in size 42.\nAssistant: They cost €179.00.",
  );
});

test("a configured model writes the summary at temperature 0, and what looks personal in it does not stay", async () => {
  const name = `t${newId()}`;
  server.script({ steps: [{ text: "Wants boots, call at 555-123-4567." }] }, name);
  const summarize = summarizer([scripted(server.of(name))]);
  const summary = await summarize(null, [line("Customer", "I want boots")], 100);
  expect(summary).toContain("Wants boots");
  expect(summary).not.toContain("555-123-4567");
  expect(server.requests(name)[0]?.temperature).toBe(0);
});

test("summaries that keep failing leave the model to the customers, and answers to themselves", async () => {
  const name = `t${newId()}`;
  server.script(
    { steps: Array.from({ length: 4 }, (): Step => ({ fault: "server_error" })) },
    name,
  );
  server.script({ steps: [{ text: "All is well." }] }, name);
  const endpoint = { ...scripted(server.of(name)), model: `model-${name}` };
  const summarize = summarizer([endpoint]);
  const failures: unknown[] = [];
  for (let tries = 0; tries < 6; tries += 1) {
    await summarize(null, [line("Customer", "hello")], 100).catch((error) => failures.push(error));
  }
  expect(failures).toHaveLength(6);
  // After the fourth the model is left alone by what runs in the background.
  expect(server.requests(name)).toHaveLength(4);
  const said = await say(await newCaller(), newId(), "How long do refunds take?", { endpoint });
  expect(said.answer).toBe("All is well.");
});

test("a summariser whose model fails throws, so that the raw tail stays", async () => {
  const name = `t${newId()}`;
  server.script({ steps: [{ fault: "server_error" }] }, name);
  await expect(
    summarizer([scripted(server.of(name))])(null, [line("Customer", "Hello")], 100),
  ).rejects.toThrow("server_error");
});

test("a second model writes the summary where the first one cannot, which is then left alone", async () => {
  const [dead, alive] = [`t${newId()}`, `t${newId()}`];
  server.script({ steps: [{ fault: "quota" }], repeat: true }, dead);
  server.script({ steps: [{ text: "They want boots." }], repeat: true }, alive);
  const summarize = summarizer([scripted(server.of(dead)), scripted(server.of(alive))]);
  for (let folds = 0; folds < 3; folds += 1) {
    expect(await summarize(null, [line("Customer", "I want boots")], 100)).toBe("They want boots.");
  }
  expect(server.requests(dead)).toHaveLength(1);
});

test("folds do not hammer a provider that is down, and turns that found it down spare them the call", async () => {
  const name = `t${newId()}`;
  server.script(
    { steps: Array.from({ length: 4 }, (): Step => ({ fault: "server_error" })) },
    name,
  );
  server.script({ steps: [{ text: "All is well." }] }, name);
  const endpoint = scripted(server.of(name));
  const fold = () => summarizer([endpoint])(null, [line("Customer", "Hello")], 100);
  for (let folds = 0; folds < 12; folds += 1) {
    await expect(fold()).rejects.toMatchObject({ code: "server_error" });
  }
  expect(server.requests(name)).toHaveLength(4);
});

test.each<[string, Step]>([
  ["empty", { fault: "empty" }],
  ["cut", { text: "They want boots in size", fault: "cut" }],
  ["filtered", { text: "They want", finish: "content_filter" }],
  ["endless", { text: "They want boots. ", fault: "endless" }],
])("a summary that is %s is no summary", async (code, step) => {
  const name = `t${newId()}`;
  server.script({ steps: [{ tokenDelayMs: 1, ...step }] }, name);
  const summarize = summarizer([scripted(server.of(name))]);
  await expect(summarize(null, [line("Customer", "Hello")], 100)).rejects.toMatchObject({ code });
});

const messages = [
  { id: newId(), seq: 1, ...line("Customer", "Hello! My order 12345 has not arrived yet.") },
  { id: newId(), seq: 2, ...line("Assistant", "Order 12345 is delayed until Friday, 8 May.") },
];

test("every sentence of a case summary rests on a message that says it", async () => {
  const draft = await caseSummaryModel([])(messages);
  expect(draft.topic).toBe("Delivery");
  expect(draft.line).toContain("12345");
  expect(draft.sentences.length).toBeGreaterThan(1);
  for (const { text, sources } of draft.sentences) {
    const source = messages.find(({ id }) => id === sources[0]);
    expect(source?.text).toContain(text.replace(/^\w+: /, ""));
  }
});

test("a case summary by a model names its messages by number; nonsense falls back to the conversation's own words", async () => {
  const name = `t${newId()}`;
  const good = {
    line: "Order 12345 is late",
    topic: "Delivery",
    sentences: [{ text: "The order is late.", sources: [1, 99] }],
  };
  server.script({ steps: [{ text: JSON.stringify(good) }, { text: "I would rather not." }] }, name);
  const model = caseSummaryModel([scripted(server.of(name))]);
  const written = await model(messages);
  expect(written.sentences).toEqual([{ text: "The order is late.", sources: [messages[0]?.id] }]);
  expect((await model(messages)).line).toContain("12345");
});
