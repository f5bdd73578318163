import type { ModelServer } from "@/e2e/model-server";
import type { CustomerCaller } from "@/lib/auth/schema";
import { newId } from "@/lib/id";
import { jobHandlers } from "@/lib/job-handlers";
import { listOwnFacts } from "./index";
import { say, scripted } from "./testing";

/** Says things in a conversation of its own; then the job behind the answers has read them. */
export async function talk(caller: CustomerCaller, ...lines: string[]) {
  const conversationId = newId();
  const answers: string[] = [];
  for (const line of lines) {
    answers.push((await say(caller, conversationId, line)).answer);
  }
  await jobHandlers.facts({ conversationId });
  return { conversationId, answers };
}

/** What a model is sent for a question, in a new conversation unless one is named. */
export async function promptFor(
  server: ModelServer,
  caller: CustomerCaller,
  question: string,
  conversationId = newId(),
): Promise<string> {
  const name = `t${newId()}`;
  server.script({ steps: [{ text: "All right." }] }, name);
  await say(caller, conversationId, question, { endpoint: scripted(server.of(name)) });
  return JSON.stringify(server.requests(name));
}

/** What is known of a customer, as they read it, holding or not. */
export async function factsOf(caller: CustomerCaller): Promise<string[]> {
  return (await listOwnFacts(caller)).map(({ predicate, value }) => `${predicate} ${value}`).sort();
}
