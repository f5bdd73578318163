"use server";

import { refresh } from "next/cache";
import { redirect } from "next/navigation";
import { z } from "zod";
import { defineAction } from "@/lib/action";
import { answererHere, answerSoon, carryOutSoon, deleteConversation } from "@/lib/agent";
import { type CustomerCaller, Email } from "@/lib/auth/schema";
import {
  acceptMessage,
  cancelTurn,
  confirmProposal,
  declineOffer as declineOfferedPerson,
  declineProposal,
  leaveAddress as leaveReplyAddress,
  markRead,
  noteTyping,
  rateMessage,
  removeAddress as removeReplyAddress,
  requestPerson,
  retryAnswer,
  sayWhy as sayWhyPerson,
  withdrawPerson,
} from "@/lib/conversation";
import { CustomerWhy, MESSAGE_LENGTH_MAX } from "@/lib/conversation/schema";
import { giveConsent, requireConsent } from "@/lib/customer";
import { ConsentGiven } from "@/lib/customer/schema";
import { Id } from "@/lib/id";
import { enqueue } from "@/lib/job";

const Conversation = z.object({ conversationId: Id });
const NewMessage = Conversation.extend({
  id: Id,
  text: z.string().trim().min(1, "message_empty").max(MESSAGE_LENGTH_MAX, "message_too_long"),
});
const sendingRate = { max: 30, windowSeconds: 60 };

async function accept(caller: CustomerCaller, message: z.output<typeof NewMessage>) {
  const allowed = requireConsent(caller.id);
  const { id: customerId, keyEpoch, memoryOn } = caller;
  const { conversationId } = message;
  const answerer = answererHere({ conversationId, customerId, keyEpoch, memoryOn });
  return await acceptMessage(caller, message, { allowed, answerer });
}

/** The first thing a guest does: there is no customer, and nothing stored, before they agree. */
export const agree = defineAction({
  name: "agree",
  caller: "guest",
  rate: { max: 10, windowSeconds: 60 },
  input: ConsentGiven.extend({ conversationId: Id.optional() }),
  run: async ({ version, conversationId, ...purposes }, caller) => {
    // First, so that words which have changed meanwhile are shown with the refusal.
    refresh();
    await giveConsent(caller.id, purposes, version);
    redirect(conversationId ? `/chat/${conversationId}` : "/chat");
  },
});

export const sendMessage = defineAction({
  name: "sendMessage",
  caller: "customer",
  rate: sendingRate,
  input: NewMessage,
  run: (message, caller) => accept(caller, message),
});

/** The same without JavaScript: the page that comes back shows the conversation. */
export const sendMessageForm = defineAction({
  name: "sendMessageForm",
  caller: "customer",
  rate: sendingRate,
  input: NewMessage,
  run: async (message, caller) => {
    const accepted = await accept(caller, message);
    redirect(`/chat/${accepted.conversationId}`);
  },
});

export const stopAnswer = defineAction({
  name: "stopAnswer",
  caller: "customer",
  input: Conversation,
  run: ({ conversationId }, caller) => cancelTurn(caller, conversationId),
});

export const answerAgain = defineAction({
  name: "answerAgain",
  caller: "customer",
  rate: sendingRate,
  input: Conversation,
  run: async ({ conversationId }, caller) => answerSoon(await retryAnswer(caller, conversationId)),
});

export const rate = defineAction({
  name: "rate",
  caller: "customer",
  input: z.object({ messageId: Id, value: z.union([z.literal(1), z.literal(-1)]) }),
  run: ({ messageId, value }, caller) => rateMessage(caller, messageId, value),
});

export const askForPerson = defineAction({
  name: "askForPerson",
  caller: "customer",
  input: Conversation.extend({ offered: z.boolean().optional() }),
  run: async ({ conversationId, offered }, caller) => {
    await requestPerson(caller, conversationId, offered ? "answers_failed" : "customer_asked");
    // The lead who comes reads the case first.
    await enqueue(null, "summarize", { conversationId });
  },
});

const Proposal = z.object({ proposalId: Id });

/** The customer confirms what the assistant has prepared; nothing was done before. */
export const confirm = defineAction({
  name: "confirm",
  caller: "customer",
  rate: sendingRate,
  input: Proposal,
  run: async ({ proposalId }, caller) => {
    await confirmProposal(caller, proposalId);
    carryOutSoon(proposalId);
  },
});

export const decline = defineAction({
  name: "decline",
  caller: "customer",
  rate: sendingRate,
  input: Proposal,
  run: async ({ proposalId }, caller) => {
    await declineProposal(caller, proposalId);
  },
});

/** The wish for a person is taken back; what was written meanwhile, the AI answers. */
export const withdraw = defineAction({
  name: "withdrawPerson",
  caller: "customer",
  input: Conversation,
  run: async ({ conversationId }, caller) => {
    answerSoon(await withdrawPerson(caller, conversationId));
  },
});

export const sayWhy = defineAction({
  name: "sayWhy",
  caller: "customer",
  input: Conversation.extend({ why: CustomerWhy }),
  run: ({ conversationId, why }, caller) => sayWhyPerson(caller, conversationId, why),
});

export const declineOffer = defineAction({
  name: "declineOffer",
  caller: "customer",
  input: Conversation,
  run: ({ conversationId }, caller) => declineOfferedPerson(caller, conversationId),
});

export const typing = defineAction({
  name: "typing",
  caller: "customer",
  rate: { max: 40, windowSeconds: 60 },
  input: Conversation,
  run: ({ conversationId }, caller) => noteTyping(caller, conversationId),
});

export const leaveAddress = defineAction({
  name: "leaveAddress",
  caller: "customer",
  rate: { max: 10, windowSeconds: 600 },
  input: Conversation.extend({ email: Email }),
  run: ({ conversationId, email }, caller) => leaveReplyAddress(caller, conversationId, email),
});

export const removeAddress = defineAction({
  name: "removeAddress",
  caller: "customer",
  input: Conversation,
  run: ({ conversationId }, caller) => removeReplyAddress(caller, conversationId),
});

export const read = defineAction({
  name: "read",
  caller: "customer",
  input: Conversation.extend({ seq: z.number().int().nonnegative() }),
  run: ({ conversationId, seq }, caller) => markRead(caller, conversationId, seq),
});

/** The whole conversation goes, for good; the page before has said what that is. */
export const removeConversation = defineAction({
  name: "deleteConversation",
  caller: "customer",
  rate: { max: 30, windowSeconds: 60 },
  input: Conversation,
  run: async ({ conversationId }, caller) => {
    await deleteConversation(caller, conversationId);
    redirect("/chat/earlier?deleted=1");
  },
});
