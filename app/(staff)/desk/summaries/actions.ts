"use server";

import { refresh } from "next/cache";
import { z } from "zod";
import { defineAction } from "@/lib/action";
import { Id } from "@/lib/id";
import { approveSummary, editSummary } from "@/lib/summary";
import { SummarySentence } from "@/lib/summary/schema";

const Version = z.object({ conversationId: Id, version: z.coerce.number().int().positive() });

export const approve = defineAction({
  name: "approveSummary",
  caller: "lead",
  input: Version,
  run: async ({ conversationId, version }, lead) => {
    await approveSummary(lead, conversationId, version);
    refresh();
  },
});

export const edit = defineAction({
  name: "editSummary",
  caller: "lead",
  input: Version.extend({
    line: z.string().trim().min(1, "Say it in one line.").max(300),
    // A form carries text only.
    sentences: z
      .string()
      .transform((json, context) => {
        try {
          return JSON.parse(json) as unknown;
        } catch {
          context.addIssue({ code: "custom", message: "input_invalid" });
          return z.NEVER;
        }
      })
      .pipe(z.array(SummarySentence).max(40)),
  }),
  run: async (edited, lead) => {
    await editSummary(lead, edited);
    refresh();
  },
});
