import { claimMail, giveMailBack, settleMail } from "./store-reply-mail";

/** Sends one mail to an address, with a link to the path on this site. `refused`: nobody is there, for good. */
export type PostLink = (to: string, path: string) => Promise<"sent" | "refused">;

/**
 * Tells a customer who left an address, and has not read it yet, that a person has answered: once a pause. A mail that
 * could not be sent is due again, and the error goes to the job, which comes back later.
 */
export async function announceReply(conversationId: string, post: PostLink): Promise<void> {
  const due = await claimMail(conversationId);
  if (!due) {
    return;
  }
  try {
    await post(due.to, due.path);
  } catch (error) {
    await giveMailBack(conversationId, due);
    throw error;
  }
  await settleMail(conversationId, due);
}
