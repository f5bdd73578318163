import { env } from "@/lib/env";
import { once } from "@/lib/once";
import { makePost, type Post } from "./post";
import type { Mail, MailState } from "./schema";

function post(): Post {
  return once("mail.post", () => makePost({ url: env.SMTP_URL, from: env.MAIL_FROM }));
}

/**
 * Gives a mail to the operator's server. `refused`: the server takes mail, but none for this address, and trying again
 * would not change that. Anything else that goes wrong is thrown, to be tried again by the job that sends it.
 */
export async function sendMail(mail: Mail): Promise<"sent" | "refused"> {
  return await post().send(mail);
}

/**
 * How the mail server has been. Answers at once with what is known; what is older than a minute is asked anew behind
 * the answer, so that somebody who looks at it a second time sees the present.
 */
export function mailState(): MailState {
  return post().state();
}
