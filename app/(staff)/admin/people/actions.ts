"use server";

import { refresh } from "next/cache";
import { z } from "zod";
import { defineAction } from "@/lib/action";
import {
  changeRole,
  deactivateStaff,
  inviteStaff,
  reactivateStaff,
  withdrawInvite,
} from "@/lib/auth";
import { Role } from "@/lib/auth/schema";
import { returnToQueue } from "@/lib/conversation";
import { Id } from "@/lib/id";

export const invite = defineAction({
  name: "inviteStaff",
  caller: "admin",
  input: z.object({ role: Role }),
  run: async ({ role }, admin) => {
    const made = await inviteStaff(admin, role);
    refresh();
    return made;
  },
});

export const withdraw = defineAction({
  name: "withdrawInvite",
  caller: "admin",
  input: z.object({ inviteId: Id }),
  run: async ({ inviteId }, admin) => {
    await withdrawInvite(admin, inviteId);
    refresh();
  },
});

export const setRole = defineAction({
  name: "changeRole",
  caller: "admin",
  input: z.object({ userId: Id, role: Role }),
  run: async ({ userId, role }, admin) => {
    await changeRole(admin, userId, role);
    refresh();
  },
});

export const deactivate = defineAction({
  name: "deactivateStaff",
  caller: "admin",
  input: z.object({ userId: Id }),
  run: async ({ userId }, admin) => {
    const released = await deactivateStaff(admin, userId, returnToQueue);
    refresh();
    return { released };
  },
});

export const reactivate = defineAction({
  name: "reactivateStaff",
  caller: "admin",
  input: z.object({ userId: Id }),
  run: async ({ userId }, admin) => {
    await reactivateStaff(admin, userId);
    refresh();
  },
});
