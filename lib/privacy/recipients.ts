import { type Env, env } from "@/lib/env";

/** Somebody to whom data goes: by name, what for, and what of it. */
export type Recipient = { name: string; what: string };

const OPENAI = "https://api.openai.com/v1";
/** How the data map speaks of who depends on the installation. */
export const MODEL_PROVIDER = "the language model's provider (placeholders only)";
export const MAIL_SERVER = "the operator's mail server";

/** Everybody outside who is sent something, by name, as this installation is configured. */
export function namedRecipients(from: Env = env): Recipient[] {
  return [...modelProviders(from), ...mailServers(from), ...signInProviders(from)];
}

/** The data map's words for a recipient, with names. */
export function nameRecipient(recipient: string, from: Env = env): string {
  const names: Record<string, Recipient[]> = {
    [MODEL_PROVIDER]: modelProviders(from),
    [MAIL_SERVER]: mailServers(from),
  };
  const named = names[recipient];
  if (!named) {
    return recipient;
  }
  return named.length > 0
    ? `${named.map(({ name }) => name).join("; ")} (${recipient})`
    : `nobody: ${recipient} is not configured here`;
}

function modelProviders(from: Env): Recipient[] {
  const ends = [
    {
      key: from.OPENAI_API_KEY,
      url: from.OPENAI_BASE_URL,
      models: [from.OPENAI_MODEL, from.SUMMARY_MODEL],
    },
    {
      key: from.SECOND_OPENAI_API_KEY,
      url: from.SECOND_OPENAI_BASE_URL,
      models: [from.SECOND_OPENAI_MODEL],
    },
  ];
  return ends
    .filter(({ key }) => key)
    .map(({ url, models }) => ({
      name: `the language model at ${new URL(url ?? OPENAI).host} (${models.filter(Boolean).join(", ")})`,
      what: "messages, memory and facts in which names, addresses and numbers stand as placeholders",
    }));
}

function mailServers(from: Env): Recipient[] {
  return from.SMTP_URL
    ? [
        {
          name: `the mail server ${new URL(from.SMTP_URL).hostname}`,
          what: "the address to which an answer is announced, and a link; no content",
        },
      ]
    : [];
}

function signInProviders(from: Env): Recipient[] {
  return from.OIDC_ISSUER
    ? [
        {
          name: `the sign-in service ${new URL(from.OIDC_ISSUER).host}`,
          what: "that somebody signs in here, where they chose to sign in with it",
        },
      ]
    : [];
}
