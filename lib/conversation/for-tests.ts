import type { CustomerCaller } from "@/lib/auth/schema";
import { newId } from "@/lib/id";
import { acceptMessage, claimTurn, findOwnConversation, requestPerson } from "./index";
import type { ClaimedTurn } from "./schema";
import { newCustomer, said } from "./store-for-tests";

export function send(caller: CustomerCaller, conversationId: string, text: string, id = newId()) {
  return acceptMessage(caller, { id, conversationId, text });
}

/** A new customer who has just sent a first message. */
export async function begin(text = "hello") {
  const ada = await newCustomer();
  const conversation = newId();
  const { turnId } = await send(ada, conversation, text);
  return { ada, conversation, turnId };
}

/** A new customer who waits for a person. */
export async function beginToWait() {
  const begun = await begin();
  await requestPerson(begun.ada, begun.conversation, "customer_asked");
  return begun;
}

/** What a customer's chat shows them of people. */
export async function peopleOf(caller: CustomerCaller, id: string) {
  return (await findOwnConversation(caller, id))?.conversation.people;
}

/** The turn, claimed; a test that cannot claim it fails here. */
export async function claim(id: string | null, runner = "runner"): Promise<ClaimedTurn> {
  const turn = await claimTurn(runner, id ?? newId());
  if (!turn) {
    throw new Error("The turn could not be claimed");
  }
  return turn;
}

export const answer = (text: string) => ({
  text: said(text),
  meta: { model: "offline" },
  tokens: 3,
});
