import type { ModelServer, Step } from "@/e2e/model-server";
import type { CustomerCaller } from "@/lib/auth/schema";
import { acceptMessage, claimTurn, since } from "@/lib/conversation";
import { createGuest } from "@/lib/customer";
import { newId } from "@/lib/id";
import { type Limits, usualLimits } from "./limits";
import type { Endpoint } from "./model";
import { readLastAnswer } from "./store-for-tests";
import { runTurn, type TurnOptions } from "./turn";

/** Limits that a busy machine keeps; a test of a limit shortens the one that it is about. */
export const testLimits: Limits = {
  ...usualLimits,
  firstTokenMs: 5_000,
  betweenTokensMs: 5_000,
  turnMs: 18_000,
  backoffMs: 20,
  checkpointMs: 20,
};

/** A customer of their own for one test. */
export async function newCaller(): Promise<CustomerCaller> {
  const { id, keyEpoch } = await createGuest();
  return { kind: "customer", id, keyEpoch, registered: false, memoryOn: true, restricted: false };
}

export function scripted(url: string): Endpoint {
  return { apiKey: "test", baseUrl: url, model: "scripted", temperature: 0.7 };
}

/** Says something and waits for the answer, as a browser and a runner would. */
export async function say(
  caller: CustomerCaller,
  conversationId: string,
  text: string,
  options: TurnOptions = {},
) {
  const { turnId } = await acceptMessage(caller, { id: newId(), conversationId, text });
  const turn = turnId && (await claimTurn(`test-${newId()}`, turnId));
  if (!turn) {
    throw new Error("Nothing to answer");
  }
  const result = await runTurn(turn, {
    endpoint: null,
    limits: testLimits,
    wordDelayMs: 0,
    ...options,
  });
  return { result, turn, ...(await lastAnswer(caller, conversationId)) };
}

/** The newest answer of the assistant in the record. */
export async function lastAnswer(caller: CustomerCaller, conversationId: string) {
  const messages = await since(conversationId, caller, 0);
  const answer = messages.findLast(({ role }) => role === "assistant");
  return { answer: answer?.text ?? "", state: answer?.state ?? null, messages };
}

/** Asks one question of an endpoint that behaves as scripted, and tells what became of it. */
export async function askScripted(
  server: ModelServer,
  steps: Step[],
  { text = "How long do refunds take?", limits, ...options }: Asked = {},
) {
  const name = `t${newId()}`;
  server.script({ steps }, name);
  const caller = await newCaller();
  const conversationId = newId();
  const endpoint = scripted(server.of(name));
  const said = await say(caller, conversationId, text, {
    endpoint,
    limits: { ...testLimits, ...limits },
    ...options,
  });
  return {
    ...said,
    caller,
    conversationId,
    endpoint,
    requests: server.requests(name),
    stored: await readLastAnswer(caller, conversationId),
  };
}

type Asked = Omit<TurnOptions, "limits"> & { text?: string; limits?: Partial<Limits> };
