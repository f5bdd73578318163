import { mailOf } from "./reply-mail";
import type { Mail } from "./schema";

/** The six digits that confirm a request about one's data. They open nothing without the session that asked. */
export function codeMail({
  shop,
  code,
  minutes,
}: {
  shop: string;
  code: string;
  minutes: number;
}): Omit<Mail, "to"> {
  return mailOf({
    subject: `Your code for ${shop}`,
    first: `somebody who is signed in as you at ${shop} has asked for something about your data. If it was you, type this code on the privacy page: ${code}`,
    terms: `The code works for ${minutes} minutes.`,
    why: "If it was not you, do nothing: without the code nothing happens. Change your password then.",
  });
}

/** "There is news about your request": where to read it, and not a word of it. */
export function newsMail({ shop, link }: { shop: string; link: string }): Omit<Mail, "to"> {
  return mailOf({
    subject: `Your request at ${shop}`,
    first: `there is news about a request that you have made at ${shop}. To keep it private, it is not in this mail. Read it here:`,
    link: { href: link, label: "Read it" },
    terms: "You need to sign in there.",
    why: "You get this mail because you have asked for something about your data.",
  });
}
