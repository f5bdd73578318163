import type { Mail } from "./schema";

type Words = { shop: string; link: string; days: number };

/** "A person has answered you": where to read it, and not a word of it. */
export function replyMail({ shop, link, days }: Words): Omit<Mail, "to"> {
  const first = `a person at ${shop} has answered you. To keep your conversation private, the answer is not in this mail. Read it here:`;
  const terms = `The link opens this one conversation, works for ${days} days, and on a device where you have not chatted with us it works once.`;
  const why =
    "You get this mail because this address was left in our chat. There is no other one before you have read the answer. If it was not you who left it, you can ignore this mail.";
  return mailOf({
    subject: `An answer from ${shop}`,
    first,
    link: { href: link, label: "Read the answer" },
    terms,
    why,
  });
}

type Parts = {
  subject: string;
  first: string;
  link?: { href: string; label: string };
  terms: string;
  why: string;
};

/** A mail of ours: what it is about, where that leads, on what terms, and why it came. */
export function mailOf({ subject, first, link, terms, why }: Parts): Omit<Mail, "to"> {
  return {
    subject,
    text: ["Hello,", first, ...(link ? [link.href] : []), terms, why].join("\n\n"),
    html: [
      '<div style="font-family:system-ui,sans-serif;font-size:16px;line-height:1.5;max-width:34em">',
      `<p>Hello,</p><p>${quote(first)}</p>`,
      ...(link ? [`<p><a href="${quote(link.href)}">${quote(link.label)}</a></p>`] : []),
      `<p style="font-size:14px">${quote(terms)}</p><p style="font-size:14px">${quote(why)}</p></div>`,
    ].join("\n"),
  };
}

function quote(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
