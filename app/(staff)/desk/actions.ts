"use server";

import { refresh } from "next/cache";
import { z } from "zod";
import { defineAction } from "@/lib/action";
import { clearAgentMemory } from "@/lib/agent";
import {
  addNote,
  assign as assignConversation,
  handBack as handBackConversation,
  markRead as markConversationRead,
  noteTyping,
  reopen as reopenConversation,
  revealValues,
  sendStaffMessage,
  setAway,
  solve as solveConversation,
  takeOver as takeConversationOver,
} from "@/lib/conversation";
import { MESSAGE_LENGTH_MAX, RevealReason, StaffWhy } from "@/lib/conversation/schema";
import { Id } from "@/lib/id";

const Conversation = z.object({ conversationId: Id });
const Written = Conversation.extend({
  id: Id,
  text: z.string().trim().min(1, "message_empty").max(MESSAGE_LENGTH_MAX, "message_too_long"),
});

export const answer = defineAction({
  name: "sendStaffMessage",
  caller: "lead",
  input: Written,
  run: (written, lead) => sendStaffMessage(lead, written),
});

export const note = defineAction({
  name: "addNote",
  caller: "lead",
  input: Written,
  run: (written, lead) => addNote(lead, written),
});

export const takeOver = defineAction({
  name: "takeOver",
  caller: "lead",
  input: Conversation.extend({ why: StaffWhy.optional() }),
  run: async ({ conversationId, why }, lead) => {
    await takeConversationOver(lead, conversationId, why);
    refresh();
  },
});

export const handBack = defineAction({
  name: "handBack",
  caller: "lead",
  input: Conversation,
  run: async ({ conversationId }, lead) => {
    await handBackConversation(lead, conversationId);
    refresh();
  },
});

export const solve = defineAction({
  name: "solve",
  caller: "lead",
  input: Conversation,
  run: async ({ conversationId }, lead) => {
    await solveConversation(lead, conversationId);
    refresh();
  },
});

export const reopen = defineAction({
  name: "reopen",
  caller: "lead",
  input: Conversation,
  run: async ({ conversationId }, lead) => {
    await reopenConversation(lead, conversationId);
    refresh();
  },
});

export const assign = defineAction({
  name: "assign",
  caller: "lead",
  input: Conversation.extend({ userId: z.union([Id, z.literal("").transform(() => null)]) }),
  run: async ({ conversationId, userId }, lead) => {
    await assignConversation(lead, conversationId, userId);
    refresh();
  },
});

export const markRead = defineAction({
  name: "markRead",
  caller: "lead",
  input: Conversation.extend({ seq: z.number().int().nonnegative() }),
  run: ({ conversationId, seq }, lead) => markConversationRead(lead, conversationId, seq),
});

export const typing = defineAction({
  name: "staffTyping",
  caller: "lead",
  rate: { max: 40, windowSeconds: 60 },
  input: Conversation,
  run: ({ conversationId }, lead) => noteTyping(lead, conversationId),
});

/** Away: customers who wait are not told that this lead is there. */
export const goAway = defineAction({
  name: "goAway",
  caller: "lead",
  input: z.object({ away: z.boolean() }),
  run: ({ away }, lead) => setAway(lead, away),
});

export const reveal = defineAction({
  name: "revealValues",
  caller: "lead",
  input: Conversation.extend({ reason: RevealReason }),
  rate: { max: 20, windowSeconds: 60 },
  run: async ({ conversationId, reason }, lead) => ({
    messages: await revealValues(lead, conversationId, reason),
  }),
});

/** The AI begins anew in this conversation; the transcript stays. */
export const clearMemory = defineAction({
  name: "clearAgentMemory",
  caller: "lead",
  rate: { max: 20, windowSeconds: 60 },
  input: z.object({ conversationId: z.string().trim().pipe(Id) }),
  run: async ({ conversationId }, lead) => {
    const messages = await clearAgentMemory(lead, conversationId);
    refresh();
    return { messages };
  },
});
