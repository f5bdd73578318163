"use server";

import { refresh } from "next/cache";
import { redirect } from "next/navigation";
import { z } from "zod";
import { defineAction } from "@/lib/action";
import { confirmCustomer } from "@/lib/auth";
import { findCustomer, giveConsent } from "@/lib/customer";
import { ConsentGiven } from "@/lib/customer/schema";
import { Id } from "@/lib/id";
import { enqueue } from "@/lib/job";
import {
  confirmRequest,
  liftRestriction,
  openRequest,
  renewRequestCode,
  withdrawRequest,
} from "@/lib/privacy";
import { RequestKind, StatementField } from "@/lib/privacy/schema";
import { isMailed } from "@/lib/tell-person";

const requestRate = { max: 10, windowSeconds: 600 };
const said = z.string().trim().max(500).default("");

const Asked = z
  .object({
    kind: RequestKind,
    sure: z.literal("yes").optional(),
    password: z.string().max(200).default(""),
    field: StatementField.optional(),
    before: said,
    after: said,
    from: z.literal("chat").optional(),
  })
  .superRefine(({ kind, sure, field, after }, context) => {
    if (kind === "erasure" && !sure) {
      const message = "Please tick the box first.";
      context.addIssue({ code: "custom", path: ["sure"], message });
    }
    if (kind === "rectification" && !(field && after)) {
      const message = "Please write what is right.";
      context.addIssue({ code: "custom", path: ["after"], message });
    }
  });

/** A request of the person, with the password where there is one; who has none confirms it by a code. */
export const askFor = defineAction({
  name: "askForRequest",
  caller: "customer",
  rate: requestRate,
  input: Asked,
  run: async ({ kind, password, field, before, after, from }, caller) => {
    const { id } = caller;
    const isKnown = await confirmCustomer(caller, password);
    const request = await openRequest({
      kind,
      customerId: id,
      openedBy: "customer",
      openedById: id,
      reason: from === "chat" ? "asked_in_chat" : "asked_online",
      known: isKnown ? "password" : "code_to_come",
      ...(field && kind === "rectification"
        ? { statement: { field, before: before || (await standing(id, field)), after } }
        : {}),
    });
    if (request.state === "identity_check" && (await isMailed(id))) {
      await enqueue(null, "requestCode", { requestId: request.id });
    }
    redirect(`/privacy?asked=${kind}#requests`);
  },
});

/** How it stands with us, where it does. */
async function standing(customerId: string, field: StatementField): Promise<string> {
  const customer = field === "name" || field === "email" ? await findCustomer(customerId) : null;
  return (field === "email" ? customer?.email : customer?.name) ?? "";
}

const Request = z.object({ requestId: Id });

/** The code was typed. */
export const confirm = defineAction({
  name: "confirmRequest",
  caller: "customer",
  rate: { max: 20, windowSeconds: 600 },
  input: Request.extend({ code: z.string().trim().min(1, "code_wrong").max(20) }),
  run: async ({ requestId, code }, caller) => {
    const { kind } = await confirmRequest(caller.id, requestId, code);
    redirect(`/privacy?asked=${kind}#requests`);
  },
});

export const renew = defineAction({
  name: "renewRequestCode",
  caller: "customer",
  rate: requestRate,
  input: Request,
  run: async ({ requestId }, caller) => {
    const mailed = await isMailed(caller.id);
    await renewRequestCode(
      caller.id,
      requestId,
      mailed ? (tx) => enqueue(tx, "requestCode", { requestId }) : undefined,
    );
    refresh();
  },
});

export const withdraw = defineAction({
  name: "withdrawRequest",
  caller: "customer",
  input: Request,
  run: async ({ requestId }, caller) => {
    await withdrawRequest(caller.id, requestId);
    refresh();
  },
});

/** What is kept is used again. */
export const lift = defineAction({
  name: "liftRestriction",
  caller: "customer",
  input: z.object({}),
  run: async (_, caller) => {
    await liftRestriction({ kind: "customer", id: caller.id }, caller.id);
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
