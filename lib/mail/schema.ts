/** A mail on its way out: the same words plain and as HTML. */
export type Mail = { to: string; subject: string; text: string; html: string };

/**
 * `configured`: SMTP_URL is set. `up` and `down` are what the mail server last did for this process, `unknown` before
 * anybody asked it; `since` is when that began.
 */
export type MailState = {
  configured: boolean;
  state: "up" | "down" | "unknown";
  since: string;
};
