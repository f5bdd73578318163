"use server";

import { refresh } from "next/cache";
import { defineAction } from "@/lib/action";
import { giveConsent } from "@/lib/customer";
import { ConsentGiven } from "@/lib/customer/schema";

/** The same as agreeing on the chat's own page, for the panel: the page stays, and is drawn anew with the chat in it. */
export const agreeHere = defineAction({
  name: "agreeHere",
  caller: "guest",
  rate: { max: 10, windowSeconds: 60 },
  input: ConsentGiven,
  run: async ({ version, ...purposes }, caller) => {
    // First, so that words which have changed meanwhile are shown with the refusal.
    refresh();
    await giveConsent(caller.id, purposes, version);
  },
});
