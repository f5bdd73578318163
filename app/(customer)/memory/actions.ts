"use server";

import { refresh } from "next/cache";
import { redirect } from "next/navigation";
import { z } from "zod";
import { defineAction } from "@/lib/action";
import {
  correctFact as correctKnown,
  forgetEverything as forgetAll,
  forgetValue as forgetExact,
  forgetFact as forgetKnown,
  forgetConversation as forgetOne,
  forgetEdge as forgetRelation,
} from "@/lib/agent";
import { setMemoryOn } from "@/lib/customer";
import { Id } from "@/lib/id";
import { LedgerItem } from "@/lib/memory/schema";

const Conversation = z.object({ conversationId: Id });

export const forgetValue = defineAction({
  name: "forgetValue",
  caller: "customer",
  input: Conversation.extend({ kind: LedgerItem.shape.kind, stored: z.string().min(1).max(200) }),
  run: async (value, caller) => {
    const messages = await forgetExact(caller, value);
    refresh();
    return { messages };
  },
});

export const forgetFact = defineAction({
  name: "forgetFact",
  caller: "customer",
  input: z.object({ factId: Id }),
  run: async ({ factId }, caller) => {
    const messages = await forgetKnown(caller, factId);
    refresh();
    return { messages };
  },
});

export const correctFact = defineAction({
  name: "correctFact",
  caller: "customer",
  input: z.object({ factId: Id, text: z.string().trim().min(1).max(160) }),
  run: async (given, caller) => {
    const messages = await correctKnown(caller, given);
    refresh();
    return { messages };
  },
});

const part = z.string().min(1).max(400);

export const forgetEdge = defineAction({
  name: "forgetEdge",
  caller: "customer",
  input: Conversation.extend({ subject: part, predicate: part, object: part }),
  run: async (edge, caller) => {
    const messages = await forgetRelation(caller, edge);
    refresh();
    return { messages };
  },
});

export const forgetConversation = defineAction({
  name: "forgetConversation",
  caller: "customer",
  input: Conversation,
  run: async ({ conversationId }, caller) => {
    const messages = await forgetOne(caller, conversationId);
    refresh();
    return { messages };
  },
});

/** Asked twice: the first form leads to the question, the second one answers it. */
export const forgetEverything = defineAction({
  name: "forgetEverything",
  caller: "customer",
  rate: { max: 10, windowSeconds: 60 },
  input: z.object({ sure: z.literal("yes") }),
  run: async (_, caller) => {
    await forgetAll(caller);
    redirect("/memory?forgotten=all");
  },
});

export const setMemory = defineAction({
  name: "setMemory",
  caller: "customer",
  input: z.object({ on: z.enum(["yes", "no"]) }),
  run: async ({ on }, caller) => {
    await setMemoryOn(caller.id, on === "yes");
    refresh();
  },
});
