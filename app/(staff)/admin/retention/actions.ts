"use server";

import { refresh } from "next/cache";
import { z } from "zod";
import { requirePerson } from "@/app/(staff)/admin/requests/find-person";
import { defineAction } from "@/lib/action";
import { Id } from "@/lib/id";
import { enqueue } from "@/lib/job";
import {
  changeRetention,
  previewRetention,
  releaseHold,
  setHold,
  withdrawRetentionChange,
} from "@/lib/privacy";
import { HoldReason, ReleaseReason } from "@/lib/privacy/schema";
import { RetentionFields, rulesOfFields } from "@/lib/setting/schema";

/** Counts what other days would remove, or changes the days; one form, because one counts before one changes. */
export const change = defineAction({
  name: "changeRetention",
  caller: "admin",
  input: RetentionFields.extend({ act: z.enum(["count", "change"]) }),
  rate: { max: 30, windowSeconds: 60 },
  run: async ({ act, ...fields }, admin) => {
    const rules = rulesOfFields(fields);
    if (act === "count") {
      return { act, due: await previewRetention(rules) };
    }
    const { from } = await changeRetention(admin, rules, (tx, startAfterSeconds) =>
      enqueue(tx, "retain", {}, { startAfterSeconds }),
    );
    refresh();
    return { act, from };
  },
});

export const takeBack = defineAction({
  name: "withdrawRetentionChange",
  caller: "admin",
  input: z.object({}),
  run: async (_, admin) => {
    await withdrawRetentionChange(admin);
    refresh();
  },
});

/** A customer by what they are known by, or a conversation by its id. */
const Subject = z.discriminatedUnion("of", [
  z.object({
    of: z.literal("customer"),
    subject: z.string().trim().min(1, "Write an e-mail, order number or customer id.").max(254),
  }),
  z.object({ of: z.literal("conversation"), subject: z.string().trim().toLowerCase().pipe(Id) }),
]);

export const hold = defineAction({
  name: "setHold",
  caller: "admin",
  input: Subject.and(z.object({ reason: HoldReason })),
  rate: { max: 30, windowSeconds: 60 },
  run: async ({ of, subject, reason }, admin) => {
    await (of === "conversation"
      ? setHold(admin, { reason, conversationId: subject })
      : setHold(admin, { reason, customerId: await requirePerson(subject) }));
    refresh();
  },
});

export const release = defineAction({
  name: "releaseHold",
  caller: "admin",
  input: z.object({ holdId: Id, reason: ReleaseReason }),
  run: async (given, admin) => {
    await releaseHold(admin, given);
    refresh();
  },
});
