import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type ModelServer, startModelServer } from "@/e2e/model-server";
import { acceptMessage, since } from "@/lib/conversation";
import { newId } from "@/lib/id";
import { breakWaiting, holdMessages } from "./store-for-tests";
import { newCaller, say, scripted, testLimits } from "./testing";
import { runTurn, type TurnResult } from "./turn";

let server: ModelServer;

beforeAll(async () => {
  server = await startModelServer();
});

afterAll(async () => {
  await server.close();
});

const soon = { timeout: 10_000, interval: 20 };

/** A conversation that goes on with a question, which cannot be stored until it is let; its turn begins at once. */
async function askWhileHeld() {
  const name = `t${newId()}`;
  server.script({ steps: [{ text: "All is well." }, { text: "And so it stays." }] }, name);
  const endpoint = scripted(server.of(name));
  const caller = await newCaller();
  const conversationId = newId();
  await say(caller, conversationId, "Good morning");
  let running: Promise<TurnResult> | null = null;
  const free = await holdMessages();
  const asking = { id: newId(), conversationId, text: "Is all well at sea?" };
  const accepted = acceptMessage(caller, asking, {
    answerer: {
      runnerId: `test-${newId()}`,
      answer: () => undefined,
      begin: (turn, committed) => {
        running = runTurn(turn, { endpoint, limits: testLimits, committed });
      },
    },
  });
  accepted.catch(() => undefined);
  const record = async () => {
    const messages = await since(conversationId, caller, 2);
    return messages.map(({ role, text }) => `${role}: ${text}`);
  };
  const asked = () => server.requests(name);
  // The model is asked, and says its first word, while the message waits to be stored.
  await vi.waitFor(() => expect(asked()).toHaveLength(1), soon);
  return { caller, conversationId, endpoint, free, accepted, ended: () => running, asked, record };
}

test("the model is asked while its message is being stored, and its answer waits for that", async () => {
  const { free, accepted, ended, record } = await askWhileHeld();
  expect(await record()).toEqual([]);
  await free();
  await accepted;
  expect(await ended()).toEqual({ outcome: "done" });
  expect(await record()).toEqual(["customer: Is all well at sea?", "assistant: All is well."]);
});

test("of a message that could not be stored nothing is kept or remembered, whatever the model said", async () => {
  const { caller, conversationId, endpoint, free, accepted, ended, asked, record } =
    await askWhileHeld();
  await vi.waitFor(async () => expect(await breakWaiting()).toBe(1), soon);
  await expect(accepted).rejects.toThrow();
  expect(await ended()).toEqual({ outcome: "lost" });
  await free();
  expect(await record()).toEqual([]);
  const { answer } = await say(caller, conversationId, "Is the sea calm?", { endpoint });
  expect(answer).toBe("And so it stays.");
  const told = JSON.stringify(asked().at(-1)?.messages);
  expect(told).toContain("Is the sea calm?");
  expect(told).not.toContain("Is all well at sea?");
});
