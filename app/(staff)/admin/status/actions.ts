"use server";

import { refresh } from "next/cache";
import { z } from "zod";
import { defineAction } from "@/lib/action";
import { switchAnswers } from "@/lib/conversation";
import { SwitchReason } from "@/lib/conversation/schema";
import { Id } from "@/lib/id";
import { retryJobs } from "@/lib/job";

export const turnAnswers = defineAction({
  name: "switchAnswers",
  caller: "admin",
  input: z.object({ on: z.boolean(), reason: SwitchReason.optional() }),
  run: async (wanted, admin) => {
    await switchAnswers(admin, wanted);
    refresh();
  },
});

export const retryJob = defineAction({
  name: "retryJob",
  caller: "admin",
  input: z.object({ jobId: Id }),
  run: async ({ jobId }, admin) => {
    await retryJobs(admin, jobId);
    refresh();
  },
});

export const retryAllJobs = defineAction({
  name: "retryAllJobs",
  caller: "admin",
  input: z.object({}),
  run: async (_, admin) => {
    const count = await retryJobs(admin, null);
    refresh();
    return { count };
  },
});
