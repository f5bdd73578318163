"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { requirePerson } from "@/app/(staff)/admin/requests/find-person";
import { defineAction } from "@/lib/action";
import { openRequest } from "@/lib/privacy";
import { RequestKind, RequestReason } from "@/lib/privacy/schema";

export const open = defineAction({
  name: "openRequest",
  caller: "admin",
  input: z.object({
    person: z.string().trim().min(1, "Write an e-mail, order number or customer id.").max(254),
    kind: RequestKind,
    reason: RequestReason,
  }),
  rate: { max: 30, windowSeconds: 60 },
  run: async ({ person, kind, reason }, admin) => {
    const customerId = await requirePerson(person);
    const opened = { kind, reason, customerId, openedBy: "staff", openedById: admin.id } as const;
    const request = await openRequest(opened);
    redirect(`/admin/requests/${request.id}`);
  },
});
