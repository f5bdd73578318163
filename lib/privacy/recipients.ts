import { env } from "@/lib/env";

/** Somebody to whom data goes: by name, what for, and what of it. */
export type Recipient = { name: string; what: string };

const OPENAI = "https://api.openai.com/v1";
/** How the data map speaks of who depends on the installation. */
export const MODEL_PROVIDER = "the language model's provider (placeholders only)";
export const MAIL_SERVER = "the operator's mail server";

/** Everybody outside who is sent something, by name, as this installation is configured. */
export function namedRecipients(): Recipient[] {
  return [...modelProviders(), ...mailServers(), ...signInProviders()];
}

/** The data map's words for a recipient, with names. */
export function nameRecipient(recipient: string): string {
  const names: Record<string, Recipient[]> = {
    [MODEL_PROVIDER]: modelProviders(),
    [MAIL_SERVER]: mailServers(),
  };
  const named = names[recipient];
  if (!named) {
    return recipient;
  }
  return named.length > 0
    ? `${named.map(({ name }) => name).join("; ")} (${recipient})`
    : `nobody: ${recipient} is not configured here`;
}

function modelProviders(): Recipient[] {
  const ends = [
    {
      key: env.OPENAI_API_KEY,
      url: env.OPENAI_BASE_URL,
      models: [env.OPENAI_MODEL, env.SUMMARY_MODEL],
    },
    {
      key: env.SECOND_OPENAI_API_KEY,
      url: env.SECOND_OPENAI_BASE_URL,
      models: [env.SECOND_OPENAI_MODEL],
    },
  ];
  return ends
    .filter(({ key }) => key)
    .map(({ url, models }) => ({
      name: `the language model at ${new URL(url ?? OPENAI).host} (${models.filter(Boolean).join(", ")})`,
      what: "messages, memory and facts in which names, addresses and numbers stand as placeholders",
    }));
}

function mailServers(): Recipient[] {
  return env.SMTP_URL
    ? [
        {
          name: `the mail server ${new URL(env.SMTP_URL).hostname}`,
          what: "the address to which an answer is announced, and a link; no content",
        },
      ]
    : [];
}

function signInProviders(): Recipient[] {
  return env.OIDC_ISSUER
    ? [
        {
          name: `the sign-in service ${new URL(env.OIDC_ISSUER).host}`,
          what: "that somebody signs in here, where they chose to sign in with it",
        },
      ]
    : [];
}
