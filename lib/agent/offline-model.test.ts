import { AIMessage, HumanMessage, SystemMessage, ToolMessage } from "@langchain/core/messages";
import fc from "fast-check";
import { expect, test } from "vitest";
import { writeMemoryBlock } from "./memory-block";
import { OfflineModel } from "./offline-model";
import { OFFER } from "./offline-plan";
import { TOOL } from "./tool-results";

const model = new OfflineModel();

function system(summary = ""): SystemMessage {
  return new SystemMessage(`Rules.\n\n${writeMemoryBlock({ summary, ledger: [] })}`);
}

async function answer(...said: string[]): Promise<string> {
  const messages = said.map((text, at) => (at % 2 ? new AIMessage(text) : new HumanMessage(text)));
  return (await model.invoke([system(), ...messages])).text;
}

async function callsFor(...said: string[]) {
  const messages = said.map((text, at) => (at % 2 ? new AIMessage(text) : new HumanMessage(text)));
  const { tool_calls } = await model.invoke([system(), ...messages]);
  return (tool_calls ?? []).map(({ name, args }) => ({ name, args }));
}

test.each([
  ["Where is my order 12345?", [{ name: TOOL.order, args: { number: "12345" } }]],
  ["order #ORD-789456 please", [{ name: TOOL.order, args: { number: "ORD-789456" } }]],
  ["Where is my parcel?", [{ name: TOOL.orders, args: {} }]],
  ["Can I talk to a real person?", [{ name: TOOL.handOff, args: { reason: "customer_asked" } }]],
  [
    "Ich möchte mit einem Menschen reden, einen Mitarbeiter bitte",
    [{ name: TOOL.handOff, args: { reason: "customer_asked" } }],
  ],
])("a customer who writes %j has the right thing looked up", async (text, calls) => {
  expect(await callsFor(text)).toEqual(calls);
});

test("a return is answered from the help pages", async () => {
  const [call] = await callsFor("How do I return boots that do not fit?");
  expect(call?.name).toBe(TOOL.articles);
});

test("an order number said earlier is meant by 'it'", async () => {
  const calls = await callsFor("My order is ORD-789456", "Thanks.", "When will it arrive?");
  expect(calls).toEqual([{ name: TOOL.order, args: { number: "ORD-789456" } }]);
});

test("yes to the offer of a person asks for a person", async () => {
  const calls = await callsFor("This is awful", `I am sorry. ${OFFER}`, "yes please");
  expect(calls[0]?.name).toBe(TOOL.handOff);
});

test("a name and a need are remembered from a summary, and not made up where there is none", async () => {
  const summary =
    "Customer: My name is Sarah.\nCustomer: I need a laptop with 32 GB for data science.";
  const ask = async (text: string, memory: string) =>
    (await model.invoke([system(memory), new HumanMessage(text)])).text;
  expect(await ask("What is my name?", summary)).toContain("Sarah");
  expect(await ask("What did I say I need?", summary)).toContain("32 GB");
  expect(await ask("What is my name?", "")).toContain("not told me your name");
});

test("what it is, it says, and it never claims to be a person or a large model", async () => {
  const text = await answer("Are you ChatGPT or a human?");
  expect(text).toContain("not a person and not a large language model");
});

test("who wants data deleted is shown where, and nothing is claimed to be deleted", async () => {
  const text = await answer("Delete my data!");
  expect(text).toContain("/privacy");
  expect(text).not.toMatch(/(?:have|has been|was|were) (?:deleted|erased|removed)/i);
});

test("a cancellation is never claimed", async () => {
  const tool = new ToolMessage({ content: '{"orders":[]}', name: TOOL.orders, tool_call_id: "1" });
  const help = new ToolMessage({
    content: '{"passages":[]}',
    name: TOOL.articles,
    tool_call_id: "2",
  });
  const calls = new AIMessage({
    content: "",
    tool_calls: [{ id: "1", name: TOOL.orders, args: {} }],
  });
  const messages = [system(), new HumanMessage("Cancel my order please"), calls, tool, help];
  expect((await model.invoke(messages)).text).toContain("nothing has been changed");
});

test("a tool that failed is said to have failed, with the offer of a person", async () => {
  const calls = new AIMessage({
    content: "",
    tool_calls: [{ id: "1", name: TOOL.order, args: {} }],
  });
  const failed = new ToolMessage({
    content: '{"error":"down"}',
    name: TOOL.order,
    tool_call_id: "1",
  });
  const messages = [system(), new HumanMessage("Where is order 12345?"), calls, failed];
  expect((await model.invoke(messages)).text).toContain("did not answer");
});

test.each([
  ["Wo ist meine Bestellung? Ich habe nicht lange Zeit", "Team"],
  ["Bonjour, je ne sais pas où est ma commande", "personne de notre équipe"],
  ["Hola, no sé dónde está mi pedido, quiero ayuda", "equipo"],
])("who writes %j reads in their own language that a person can help", async (text, words) => {
  const plan = new AIMessage({
    content: "",
    tool_calls: [{ id: "1", name: TOOL.orders, args: {} }],
  });
  const none = new ToolMessage({ content: '{"orders":[]}', name: TOOL.orders, tool_call_id: "1" });
  const reply = await model.invoke([system(), new HumanMessage(text), plan, none]);
  expect(reply.text).toContain(words);
});

test("the same conversation gets the same answer, whatever was said", async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ maxLength: 200 }), async (text) => {
      const messages = [system(), new HumanMessage(text)];
      const [first, second] = [await model.invoke(messages), await model.invoke(messages)];
      expect(second.text).toBe(first.text);
      expect(second.tool_calls).toEqual(first.tool_calls);
      expect(first.text !== "" || (first.tool_calls ?? []).length > 0).toBe(true);
    }),
    { numRuns: 200 },
  );
});

test("an answer streams word by word and adds up to the whole", async () => {
  const messages = [system(), new HumanMessage("Who are you?")];
  const chunks: string[] = [];
  for await (const chunk of await model.stream(messages)) {
    chunks.push(chunk.text);
  }
  expect(chunks.length).toBeGreaterThan(10);
  expect(chunks.join("")).toBe((await model.invoke(messages)).text);
});
