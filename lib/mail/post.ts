import { createTransport, type Transporter } from "nodemailer";
import { log } from "@/lib/observability";
import type { Mail, MailState } from "./schema";

/** A server that hangs costs a job this long, and nobody else anything. */
const TIMES = {
  dnsTimeout: 5_000,
  connectionTimeout: 5_000,
  greetingTimeout: 5_000,
  socketTimeout: 10_000,
};
const CHECK_AFTER_MS = 60_000;

export type Post = {
  send: (mail: Mail) => Promise<"sent" | "refused">;
  state: () => MailState;
};

type Settings = { url: string | undefined; from: string | undefined; times?: typeof TIMES };

/** Where mail goes with these settings; without a server nowhere. */
export function makePost({ url, from, times = TIMES }: Settings): Post {
  const transport = url ? connectTo(url, times) : null;
  const known = { state: "unknown" as MailState["state"], since: new Date(), checkedAt: 0 };
  const note = (state: MailState["state"]) => {
    known.checkedAt = Date.now();
    if (known.state !== state) {
      known.state = state;
      known.since = new Date();
    }
  };
  return {
    async send(mail) {
      if (!transport) {
        throw new MailFailed("not_configured");
      }
      const outcome = await give(transport, from, mail);
      note(outcome instanceof MailFailed ? "down" : "up");
      if (outcome instanceof MailFailed) {
        throw outcome;
      }
      return outcome;
    },
    state() {
      if (transport && Date.now() - known.checkedAt > CHECK_AFTER_MS) {
        known.checkedAt = Date.now();
        transport.verify().then(
          () => note("up"),
          () => note("down"),
        );
      }
      const since = known.since.toISOString();
      return { configured: transport !== null, state: known.state, since };
    },
  };
}

/** A password goes over an encrypted line or not at all; without one, the line is encrypted where the server can. */
function connectTo(url: string, times: typeof TIMES): Transporter {
  const { protocol, hostname, port, username, password } = new URL(url);
  const secure = protocol === "smtps:";
  const auth = username && {
    user: decodeURIComponent(username),
    pass: decodeURIComponent(password),
  };
  return createTransport({
    ...times,
    host: hostname,
    secure,
    ...(port && { port: Number(port) }),
    ...(auth && { auth, requireTLS: !secure }),
    // A mail is what we wrote, and nothing that it names is fetched.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}

/** The mail could not be given to the server. Says why as a code, and never to whom. */
class MailFailed extends Error {
  override readonly name = "MailFailed";

  constructor(code: string) {
    super(`The mail server did not take a mail: ${code}`);
  }
}

async function give(
  transport: Transporter,
  from: string | undefined,
  { to, ...words }: Mail,
): Promise<"sent" | "refused" | MailFailed> {
  try {
    await transport.sendMail({
      ...words,
      from,
      // As an address and not as a line: what somebody typed cannot add another recipient.
      to: { name: "", address: to },
      headers: { "Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All" },
    });
    log.info({ event: "mail_sent" });
    return "sent";
  } catch (error) {
    const { code, responseCode } = codesOf(error);
    const refused = isRefusedAddress(code, responseCode);
    log.warn({ event: refused ? "mail_refused" : "mail_failed", code, responseCode });
    // Without its cause: the vendor's message quotes the address, its codes do not.
    return refused ? "refused" : new MailFailed(`${code} ${responseCode}`.trim());
  }
}

function codesOf(error: unknown): { code: string; responseCode: number } {
  const { code, responseCode } = (error ?? {}) as { code?: unknown; responseCode?: unknown };
  return {
    code: typeof code === "string" ? code : "unknown",
    responseCode: Number(responseCode) || 0,
  };
}

const REJECTED_MIN = 500;

// The server speaks of this address for good (5xx), or the address made no sense before anybody was asked (no answer).
function isRefusedAddress(code: string, responseCode: number): boolean {
  return code === "EENVELOPE" && (responseCode === 0 || responseCode >= REJECTED_MIN);
}
