"use server";

import { refresh } from "next/cache";
import { z } from "zod";
import { defineAction } from "@/lib/action";
import { Id } from "@/lib/id";
import { chooseStrategy } from "@/lib/memory";
import { MemoryStrategy } from "@/lib/memory/schema";

export const choose = defineAction({
  name: "chooseMemoryStrategy",
  caller: "admin",
  input: z.object({
    conversationId: z.string().trim().pipe(Id),
    strategy: z.union([MemoryStrategy, z.literal("deployment")]),
  }),
  run: async ({ conversationId, strategy }, admin) => {
    await chooseStrategy(admin, {
      conversationId,
      strategy: strategy === "deployment" ? null : strategy,
    });
    refresh();
  },
});
