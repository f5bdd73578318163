"use server";

import { refresh } from "next/cache";
import { z } from "zod";
import { defineAction } from "@/lib/action";
import { publishConsent } from "@/lib/customer";
import { ConsentDraft } from "@/lib/setting/schema";

const lines = (given: unknown) =>
  typeof given === "string" ? given.split("\n").filter((line) => line.trim() !== "") : given;

/** Other words: everybody is asked again before their next message. */
export const publish = defineAction({
  name: "publishConsent",
  caller: "admin",
  input: ConsentDraft.extend({ points: z.preprocess(lines, ConsentDraft.shape.points) }),
  rate: { max: 10, windowSeconds: 600 },
  run: async (draft, admin) => {
    await publishConsent(admin, draft);
    refresh();
  },
});
