"use server";

import { refresh } from "next/cache";
import { redirect } from "next/navigation";
import { z } from "zod";
import { defineAction } from "@/lib/action";
import { confirmStaff, countOtherAdmins } from "@/lib/auth";
import { correctCustomer } from "@/lib/customer";
import { Refusal } from "@/lib/errors";
import { Id } from "@/lib/id";
import { enqueue } from "@/lib/job";
import {
  addRequestNote,
  approveRequest,
  askIdentity,
  confirmForPerson,
  correctAsAsked,
  decideMatch,
  extendRequest,
  findRequest,
  liftRestriction,
  makeAnswerLink,
  refuseRequest,
  startRequest,
  stopWaiting,
} from "@/lib/privacy";
import { ExtensionReason, RefusalReason } from "@/lib/privacy/schema";
import type { Tx } from "@/lib/storage/schema";
import { tellPerson } from "@/lib/tell-person";

const Request = z.object({ requestId: Id });
const NOTE_CHARS_MAX = 2_000;

async function send(requestId: string) {
  const request = await findRequest({ kind: "staff", id: "", role: "admin" }, requestId);
  if (!request) {
    throw new Refusal("not_found");
  }
  const job = request.kind === "export" ? "export" : "erase";
  return (tx: Tx, id: string, startAfterSeconds?: number) =>
    enqueue(tx, job, { requestId: id }, startAfterSeconds ? { startAfterSeconds } : {});
}

/** Yes: it is begun, carried out, or waits for whoever puts it right. */
export const approve = defineAction({
  name: "approveRequest",
  caller: "admin",
  input: Request.extend({ password: z.string().max(200).optional() }),
  run: async ({ requestId, password }, admin) => {
    if (password !== undefined) {
      await confirmStaff(admin, password);
    }
    await approveRequest(admin, requestId, {
      enqueue: await send(requestId),
      countOthers: countOtherAdmins,
      reauthenticated: password !== undefined,
    });
    await tellPerson(requestId);
    refresh();
  },
});

/** Tries one again that has failed. */
export const run = defineAction({
  name: "runRequest",
  caller: "admin",
  input: Request,
  run: async ({ requestId }) => {
    await startRequest(requestId, await send(requestId));
    refresh();
  },
});

export const refuse = defineAction({
  name: "refuseRequest",
  caller: "admin",
  input: Request.extend({ reason: RefusalReason }),
  run: async ({ requestId, reason }, admin) => {
    await refuseRequest(admin, requestId, reason);
    await tellPerson(requestId);
    refresh();
  },
});

export const extend = defineAction({
  name: "extendRequest",
  caller: "admin",
  input: Request.extend({ reason: ExtensionReason }),
  run: async ({ requestId, reason }, admin) => {
    await extendRequest(admin, requestId, reason);
    await tellPerson(requestId);
    refresh();
  },
});

/** The person has to show by a code that it is them. */
export const askProof = defineAction({
  name: "askIdentity",
  caller: "admin",
  input: Request,
  run: async ({ requestId }, admin) => {
    await askIdentity(admin, requestId, (tx) => enqueue(tx, "requestCode", { requestId }));
    refresh();
  },
});

/** It was shown in another way that it is them. */
export const confirmPerson = defineAction({
  name: "confirmForPerson",
  caller: "admin",
  input: Request,
  run: async ({ requestId }, admin) => {
    await confirmForPerson(admin, requestId);
    refresh();
  },
});

export const stop = defineAction({
  name: "stopWaiting",
  caller: "admin",
  input: Request,
  run: async ({ requestId }, admin) => {
    await stopWaiting(admin, requestId);
    refresh();
  },
});

/** What was said to be wrong is put right, here or by hand elsewhere. */
export const correct = defineAction({
  name: "correctAsAsked",
  caller: "admin",
  input: Request,
  run: async ({ requestId }, admin) => {
    await correctAsAsked(admin, requestId, correctCustomer);
    await tellPerson(requestId);
    refresh();
  },
});

/** The restriction of a request's customer ends, and they are told. */
export const liftFor = defineAction({
  name: "liftRestrictionFor",
  caller: "admin",
  input: Request,
  run: async ({ requestId }, admin) => {
    const request = await findRequest(admin, requestId);
    if (!request?.customerId) {
      throw new Refusal("not_found");
    }
    await liftRestriction(admin, request.customerId);
    await tellPerson(requestId);
    refresh();
  },
});

export const addNote = defineAction({
  name: "addRequestNote",
  caller: "admin",
  input: Request.extend({
    text: z.string().trim().min(1, "Write a note first.").max(NOTE_CHARS_MAX),
  }),
  run: async ({ requestId, text }, admin) => {
    await addRequestNote(admin, requestId, text);
    refresh();
  },
});

/** Another record is the same person's, or is not. */
export const decide = defineAction({
  name: "decideMatch",
  caller: "admin",
  input: Request.extend({ customerId: Id, joined: z.enum(["yes", "no"]) }),
  run: async ({ requestId, customerId, joined }, admin) => {
    const opened = await decideMatch(admin, requestId, { customerId, joined: joined === "yes" });
    if (opened) {
      redirect(`/admin/requests/${opened.id}`);
    }
    refresh();
  },
});

/** A link and a code that open the answer once, shown once. */
export const makeLink = defineAction({
  name: "makeAnswerLink",
  caller: "admin",
  input: Request,
  run: ({ requestId }, admin) => makeAnswerLink(admin, requestId),
});
