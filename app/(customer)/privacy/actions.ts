"use server";

import { refresh } from "next/cache";
import { redirect } from "next/navigation";
import { z } from "zod";
import { defineAction } from "@/lib/action";
import { confirmCustomer } from "@/lib/auth";
import { giveConsent } from "@/lib/customer";
import { ConsentGiven } from "@/lib/customer/schema";
import { Id } from "@/lib/id";
import { openRequest, withdrawRequest } from "@/lib/privacy";

const requestRate = { max: 10, windowSeconds: 600 };

/** A copy of one's data. An admin starts it; it is due within a calendar month. */
export const askForCopy = defineAction({
  name: "askForCopy",
  caller: "customer",
  rate: requestRate,
  input: z.object({}),
  run: async (_, { id }) => {
    const reason = "asked_online";
    await openRequest({
      kind: "export",
      customerId: id,
      openedBy: "customer",
      openedById: id,
      reason,
    });
    redirect("/privacy?asked=export#requests");
  },
});

/** Erasure: said twice, and with the password where there is one. */
export const askForErasure = defineAction({
  name: "askForErasure",
  caller: "customer",
  rate: requestRate,
  input: z.object({
    sure: z.literal("yes", "Please tick the box first."),
    password: z.string().max(200).default(""),
  }),
  run: async ({ password }, caller) => {
    await confirmCustomer(caller, password);
    const { id } = caller;
    const reason = "asked_online";
    await openRequest({
      kind: "erasure",
      customerId: id,
      openedBy: "customer",
      openedById: id,
      reason,
    });
    redirect("/privacy?asked=erasure#requests");
  },
});

export const withdraw = defineAction({
  name: "withdrawRequest",
  caller: "customer",
  input: z.object({ requestId: Id }),
  run: async ({ requestId }, caller) => {
    await withdrawRequest(caller.id, requestId);
    refresh();
  },
});

/** Agrees to the words as they stand, with other purposes. */
export const choosePurposes = defineAction({
  name: "choosePurposes",
  caller: "customer",
  input: ConsentGiven,
  run: async ({ version, ...purposes }, caller) => {
    refresh();
    await giveConsent(caller.id, purposes, version);
  },
});
