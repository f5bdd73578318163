"use server";

import { refresh } from "next/cache";
import { z } from "zod";
import { defineAction } from "@/lib/action";
import { giveConsent } from "@/lib/customer";

/** The same as agreeing on the chat's own page, for the panel: the page stays, and is drawn anew with the chat in it. */
export const agreeHere = defineAction({
  name: "agreeHere",
  caller: "guest",
  rate: { max: 10, windowSeconds: 60 },
  input: z.object({ memory: z.literal("on").optional() }),
  run: async ({ memory }, caller) => {
    await giveConsent(caller.id, { memory: memory === "on" });
    refresh();
  },
});
