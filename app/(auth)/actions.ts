"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { defineAction } from "@/lib/action";
import {
  acceptInvite,
  admitGuest,
  changePassword as change,
  endOtherSessions as endOthers,
  endSession,
  register as registerCaller,
  signIn as signInCaller,
  startProvider,
} from "@/lib/auth";
import { Credentials, Email, NewPassword, PersonName } from "@/lib/auth/schema";
import { redeemReplyLink } from "@/lib/conversation";
import { Refusal } from "@/lib/errors";

const Next = z.string().max(2_000).optional();
const Person = z.object({ email: Email, name: PersonName, password: NewPassword });

export const signIn = defineAction({
  name: "signIn",
  caller: "anyone",
  input: Credentials.extend({ next: Next }),
  run: async (given) => redirect(await signInCaller(given)),
});

export const signInWithProvider = defineAction({
  name: "signInWithProvider",
  caller: "anyone",
  input: z.object({ next: Next }),
  run: async ({ next }) => redirect(await startProvider(next)),
});

export const register = defineAction({
  name: "register",
  caller: "anyone",
  input: Person.extend({ next: Next }),
  run: async (given) => redirect(await registerCaller(given)),
});

export const join = defineAction({
  name: "join",
  caller: "anyone",
  input: Person.extend({ token: z.string().max(100) }),
  run: async ({ token, ...person }) => redirect(await acceptInvite(token, person)),
});

/** A mail's link is used up, and this browser becomes the guest's whose conversation it opens. */
export const openReply = defineAction({
  name: "openReply",
  caller: "anyone",
  rate: { max: 20, windowSeconds: 600 },
  input: z.object({ token: z.string().max(100) }),
  run: async ({ token }, caller) => {
    if (caller && (caller.kind === "staff" || caller.registered)) {
      throw new Refusal("forbidden");
    }
    const { customerId, conversationId } = await redeemReplyLink(token);
    await admitGuest(customerId);
    redirect(`/chat/${conversationId}`);
  },
});

export const changePassword = defineAction({
  name: "changePassword",
  caller: "anyone",
  input: z.object({ current: z.string().min(1, "Please write it.").max(200), next: NewPassword }),
  run: async (given, caller) => {
    if (!caller) {
      throw new Refusal("session_missing");
    }
    await change(caller, given);
  },
});

export const endOtherSessions = defineAction({
  name: "endOtherSessions",
  caller: "anyone",
  input: z.object({}),
  run: async (_, caller) => {
    if (!caller) {
      throw new Refusal("session_missing");
    }
    await endOthers(caller);
  },
});

export const signOut = defineAction({
  name: "signOut",
  caller: "anyone",
  input: z.unknown(),
  run: async () => {
    await endSession();
    // Not a page but a whole answer: the browser leaves this one, and is told there to drop what it kept.
    redirect("/api/sign-out");
  },
});
