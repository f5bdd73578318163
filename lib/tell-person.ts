import "server-only";
import { findCustomer } from "@/lib/customer";
import { env } from "@/lib/env";
import { enqueue } from "@/lib/job";
import { codeMail, newsMail, sendMail } from "@/lib/mail";
import { findRequest, findRequestCode } from "@/lib/privacy";
import { CODE_MINUTES } from "@/lib/privacy/schema";
import { shopName } from "@/lib/shop/schema";

const everyone = { kind: "staff", id: "", role: "admin" } as const;

/** Whether this person's codes and news go by mail; where not, they stand where the person already is. */
export async function isMailed(customerId: string): Promise<boolean> {
  return env.SMTP_URL !== undefined && (await addressOf(customerId)) !== null;
}

async function addressOf(customerId: string): Promise<string | null> {
  return (await findCustomer(customerId))?.email ?? null;
}

/** Something was decided about a request: its person is told by mail that there is something to read, where mail can be sent. */
export async function tellPerson(requestId: string): Promise<void> {
  if (env.SMTP_URL) {
    await enqueue(null, "requestNews", { requestId });
  }
}

/** The job of it. Nobody to write to any more leaves nothing to do. */
export async function mailNews(requestId: string): Promise<void> {
  const customerId = (await findRequest(everyone, requestId))?.customerId;
  const to = customerId ? await addressOf(customerId) : null;
  if (to && env.SMTP_URL) {
    const link = new URL("/privacy#requests", env.PUBLIC_URL).href;
    await sendMail({ to, ...newsMail({ shop: shopName, link }) });
  }
}

/** Brings a request's code to its person's mail. */
export async function mailCode(requestId: string): Promise<void> {
  const found = await findRequestCode(requestId);
  const to = found ? await addressOf(found.customerId) : null;
  if (found && to && env.SMTP_URL) {
    const { code } = found;
    await sendMail({ to, ...codeMail({ shop: shopName, code, minutes: CODE_MINUTES }) });
  }
}
