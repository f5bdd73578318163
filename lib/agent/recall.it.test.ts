import { afterAll, beforeAll, expect, test } from "vitest";
import { type ModelServer, startModelServer } from "@/e2e/model-server";
import type { CustomerCaller } from "@/lib/auth/schema";
import { setMemoryOn } from "@/lib/customer";
import { newId } from "@/lib/id";
import { foldMemory } from "@/lib/memory";
import { asRedacted } from "@/lib/privacy";
import { forgetConversation } from "./index";
import { readRecord } from "./read-record";
import { newCaller, say, scripted } from "./testing";

let server: ModelServer;

beforeAll(async () => {
  server = await startModelServer();
});

afterAll(async () => {
  await server.close();
});

const WISH = "My walking boots must be wide, because my left foot is broad.";
const QUESTION = "Which walking boots did I ask for, and why?";
const padding = "The weather on the fells was wet and the path was long. ".repeat(12);

/** A conversation whose beginning was folded into a summary that says nothing. */
async function longTalk(caller: CustomerCaller): Promise<string> {
  const conversationId = newId();
  await chat(caller, conversationId, [WISH, padding, padding, padding]);
  await fold(conversationId);
  return conversationId;
}

async function chat(caller: CustomerCaller, conversationId: string, texts: string[]) {
  const name = `t${newId()}`;
  server.script({ steps: texts.map(() => ({ text: "Noted." })) }, name);
  for (const text of texts) {
    await say(caller, conversationId, text, { endpoint: scripted(server.of(name)) });
  }
}

const fold = (conversationId: string) =>
  foldMemory(conversationId, {
    since: readRecord,
    summarize: async () => asRedacted("They talked."),
  });

/** What a model is sent when the customer asks. */
async function asked(caller: CustomerCaller, conversationId: string): Promise<string> {
  const name = `t${newId()}`;
  server.script({ steps: [{ text: "One moment." }] }, name);
  await say(caller, conversationId, QUESTION, { endpoint: scripted(server.of(name)) });
  return JSON.stringify(server.requests(name));
}

test("the model is shown what the customer said long ago when they ask for it, marked as recalled", async () => {
  const sarah = await newCaller();
  const request = await asked(sarah, await longTalk(sarah));
  expect(request).toContain("They talked.");
  expect(request).toMatch(/Recalled word for word.*Customer: My walking boots must be wide/);
});

test("another customer's model is shown none of it", async () => {
  const [sarah, mallory] = [await newCaller(), await newCaller()];
  await longTalk(sarah);
  expect(await asked(mallory, newId())).not.toContain("left foot is broad");
});

test("with memory switched off, nothing is recalled", async () => {
  const sarah = await newCaller();
  const conversationId = await longTalk(sarah);
  // Beyond the newest turns, which are shown whether they were folded or not.
  await chat(sarah, conversationId, [padding, padding]);
  await setMemoryOn(sarah.id, false);
  const request = await asked(sarah, conversationId);
  expect(request).not.toContain("left foot is broad");
  expect(request).not.toContain("Recalled word for word");
});

test("what the customer had forgotten does not come back, neither at once nor after the next fold", async () => {
  const sarah = await newCaller();
  const conversationId = await longTalk(sarah);
  expect(await asked(sarah, conversationId)).toContain("left foot is broad");
  await forgetConversation(sarah, conversationId);
  expect(await asked(sarah, conversationId)).not.toContain("left foot is broad");
  await chat(sarah, conversationId, [padding, padding, padding]);
  await fold(conversationId);
  expect(await asked(sarah, conversationId)).not.toContain("left foot is broad");
});

test("the model that runs in this process quotes what was recalled", async () => {
  const sarah = await newCaller();
  const conversationId = await longTalk(sarah);
  const { answer } = await say(sarah, conversationId, "What did I tell you about my left foot?");
  expect(answer).toContain("left foot is broad");
});
