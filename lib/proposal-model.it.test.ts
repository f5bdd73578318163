import { afterAll, beforeAll, expect, test } from "vitest";
import { type ModelServer, startModelServer } from "@/e2e/model-server";
import {
  acceptMessage,
  cancelTurn,
  claimTurn,
  confirmProposal,
  findOwnConversation,
} from "@/lib/conversation";
import { newId } from "@/lib/id";
import { seedProducts } from "@/scripts/seed/shop";
import { carryOut } from "./agent/carry-out";
import { lastAnswer, say, scripted, testLimits } from "./agent/testing";
import { runTurn } from "./agent/turn";
import { buyer, onlyProposal } from "./proposal-for-tests";

let server: ModelServer;

beforeAll(async () => {
  server = await startModelServer();
  await seedProducts();
});
afterAll(() => server.close());

const cancelCall = (number: string) => ({
  toolCalls: [{ name: "cancel_order", args: { number, reason: "ordered_by_mistake" } }],
});

async function stage() {
  const name = `p${newId()}`;
  const { caller, number } = await buyer();
  const conversationId = newId();
  const options = { endpoint: scripted(server.of(name)), limits: testLimits };
  const requests = () => server.requests(name);
  const proposals = async () => (await findOwnConversation(caller, conversationId))?.proposals;
  return { name, caller, number, conversationId, options, requests, proposals };
}

test("a model that cancels is told that nothing was done, and after the confirmation exactly what was", async () => {
  const { name, caller, number, conversationId, options, requests } = await stage();
  server.script({ steps: [cancelCall(number), { text: "Please confirm it below." }] }, name);
  await say(caller, conversationId, "Cancel my tent, please", options);
  expect(JSON.stringify(requests()[1]?.messages)).toContain("Nothing has been done");
  const proposal = await onlyProposal(caller, conversationId);
  expect(JSON.stringify(proposal.card)).toContain("ordered by mistake");

  server.script({ steps: [{ text: "It is cancelled now." }] }, name);
  await confirmProposal(caller, proposal.id);
  const turnId = await carryOut(proposal.id, { runnerId: newId() });
  const turn = turnId && (await claimTurn(newId(), turnId));
  expect(turn && (await runTurn(turn, options)).outcome).toBe("done");
  const [call, result] = requests()[2]?.messages.slice(-2) ?? [];
  expect(call).toMatchObject({
    role: "assistant",
    tool_calls: [{ function: { name: "cancel_order" } }],
  });
  expect(result).toMatchObject({ role: "tool", content: expect.stringContaining("was cancelled") });
  expect((await lastAnswer(caller, conversationId)).answer).toBe("It is cancelled now.");

  // Told once: the next question does not bring it up again.
  server.script({ steps: [{ text: "Gladly." }] }, name);
  await say(caller, conversationId, "Thank you", options);
  expect(requests()[3]?.messages.filter(({ role }) => role === "tool")).toEqual([]);
});

test("a model that breaks off after it has prepared a change, and is asked again, leaves one card", async () => {
  const { name, caller, number, conversationId, options } = await stage();
  const steps = [cancelCall(number), { fault: "refuse" as const }];
  server.script({ steps: [...steps, cancelCall(number), { text: "Confirm it." }] }, name);
  await say(caller, conversationId, `Please cancel order ${number}`, options);
  expect((await onlyProposal(caller, conversationId)).state).toBe("proposed");
});

/** A turn that has prepared a change and has not yet answered. */
async function prepared() {
  const staged = await stage();
  const { name, caller, number, conversationId, options } = staged;
  const slow = { text: "Confirm it.", delayMs: 2_500 };
  server.script({ steps: [cancelCall(number), slow, { text: "As you like." }] }, name);
  const message = { id: newId(), conversationId, text: `Cancel order ${number}` };
  const { turnId } = await acceptMessage(caller, message);
  const turn = turnId && (await claimTurn(newId(), turnId));
  const running = turn ? runTurn(turn, options) : Promise.reject(new Error("Nothing to answer"));
  await expect.poll(() => staged.requests().length, { timeout: 10_000 }).toBe(2);
  return { ...staged, running };
}

test("a change of mind that joins the turn leaves no card of what was prepared before", async () => {
  const { caller, conversationId, running, proposals } = await prepared();
  await acceptMessage(caller, { id: newId(), conversationId, text: "No, keep it after all" });
  expect((await running).outcome).toBe("done");
  expect((await lastAnswer(caller, conversationId)).answer).toBe("As you like.");
  expect(await proposals()).toEqual([]);
});

test("a turn that is stopped before it has answered asks nothing", async () => {
  const { caller, conversationId, running, proposals } = await prepared();
  await cancelTurn(caller, conversationId);
  expect((await running).outcome).toBe("stopped");
  expect(await proposals()).toEqual([]);
});
