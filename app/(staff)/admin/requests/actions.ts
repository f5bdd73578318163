"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { findPerson, requireChosen } from "@/app/(staff)/admin/requests/find-person";
import { defineAction } from "@/lib/action";
import { Id } from "@/lib/id";
import { openRequest, recordNothingHeld } from "@/lib/privacy";
import { type PersonFound, RequestKind, RequestReason, StatementField } from "@/lib/privacy/schema";

const DAY_MS = 86_400_000;
const AGE_DAYS_MAX = 366;

/** A day as a letter's stamp has it: today or within the last year. */
const ReceivedOn = z.iso
  .date("Write the day on which it was received.")
  .refine((day) => Date.parse(day) <= Date.now(), "That day has not come yet.")
  .refine((day) => Date.parse(day) > Date.now() - AGE_DAYS_MAX * DAY_MS, "That is over a year ago.")
  .transform((day) => new Date(day));

const said = z.string().trim().max(500).default("");
const Opening = z
  .object({
    person: z
      .string()
      .trim()
      .min(1, "Write an e-mail, phone number, order number, name or customer id.")
      .max(254),
    kind: RequestKind,
    reason: RequestReason,
    receivedOn: ReceivedOn,
    /** Chosen among several. */
    customerId: Id.optional(),
    field: StatementField.default("other"),
    before: said,
    after: said,
  })
  .refine(({ kind, after }) => kind !== "rectification" || after !== "", {
    path: ["after"],
    message: "Write what is right.",
  });

/** Opens a request that came by letter or phone, or answers with those whom it may be from. */
export const open = defineAction({
  name: "openRequest",
  caller: "admin",
  input: Opening,
  rate: { max: 30, windowSeconds: 60 },
  run: async (given, admin): Promise<{ found: PersonFound[] }> => {
    const { person, kind, reason, receivedOn, field, before, after } = given;
    const meant = given.customerId
      ? { customerId: await requireChosen(person, given.customerId) }
      : await findPerson(person);
    if ("found" in meant) {
      return meant;
    }
    const request = await openRequest({
      kind,
      reason,
      customerId: meant.customerId,
      openedBy: "staff",
      openedById: admin.id,
      receivedAt: receivedOn,
      ...(kind === "rectification" ? { statement: { field, before, after } } : {}),
    });
    redirect(`/admin/requests/${request.id}`);
  },
});

/** Nobody was found: that is the answer, and all that is kept. */
export const nothingHeld = defineAction({
  name: "recordNothingHeld",
  caller: "admin",
  rate: { max: 30, windowSeconds: 60 },
  input: z.object({ kind: RequestKind, reason: RequestReason, receivedOn: ReceivedOn }),
  run: async ({ kind, reason, receivedOn: receivedAt }, admin) => {
    const given = { kind, reason, openedById: admin.id, receivedAt };
    const request = await recordNothingHeld(given);
    redirect(`/admin/requests/${request.id}`);
  },
});
