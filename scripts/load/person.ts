import http from "node:http";
import { text } from "node:stream/consumers";
import { z } from "zod";
import { MessageView } from "@/lib/conversation/schema";
import { usualConsent } from "@/lib/setting/schema";
import type { Actions } from "./actions";

/** What an action answered: its Result, or `null` where nothing that could be read came back. */
export type Answer = { ok: true; data: unknown } | { ok: false; code: string; message: string };

const Answered = z.union([
  z.object({ ok: z.literal(true), data: z.unknown() }),
  z.object({ ok: z.literal(false), code: z.string(), message: z.string() }),
]);

type Site = {
  address: string;
  actions: Actions;
  ip: string;
  /** Keeps connections open between requests; without one, each request has its own. */
  agent?: http.Agent;
};

/**
 * One browser's worth of a person: their cookies, and calls of server actions as the page makes them. `ip` is told to
 * the product as the address they come from, so that many of them are not taken for one who hurries.
 */
export type Person = ReturnType<typeof arrive>;

type Call = { file: string; name: string; path: string; withinMs?: number };
type Post = { path: string; id: string; body: string; withinMs: number };
type NoteSent = (at: number) => void;

export function arrive(given: Site) {
  const { actions, ip } = given;
  const site = new URL(given.address);
  const cookies = new Map<string, string>();
  const headers = () => ({
    cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join("; "),
    "x-forwarded-for": ip,
  });
  const keepCookies = (answer: http.IncomingMessage) => {
    for (const line of answer.headers["set-cookie"] ?? []) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(name, value);
    }
  };
  return {
    site,
    headers,
    /** Calls an action of `file`; null when it answered with something else (a redirect, an error page, silence). */
    async call(where: Call, input: unknown, onSent?: NoteSent): Promise<Answer | null> {
      const { file, name, path, withinMs = 30_000 } = where;
      const sent = { path, id: actions(file, name), body: JSON.stringify([input]), withinMs };
      const answer = await post(site, sent, { headers: headers(), agent: given.agent, onSent });
      if (!answer) {
        return null;
      }
      keepCookies(answer);
      return readAnswer(await text(answer).catch(() => ""));
    },
  };
}

/** As a page of the site posts it. Null when the connection broke or nothing came in time. */
function post(
  site: URL,
  { path, id, body, withinMs }: Post,
  as: { headers: object; agent: http.Agent | undefined; onSent: NoteSent | undefined },
): Promise<http.IncomingMessage | null> {
  const headers = {
    ...as.headers,
    origin: site.origin,
    accept: "text/x-component",
    "content-type": "text/plain;charset=UTF-8",
    "next-action": id,
  };
  const { hostname: host, port } = site;
  return new Promise((resolve) => {
    const request = http.request(
      { host, port, path, method: "POST", agent: as.agent ?? false, headers },
      resolve,
    );
    // Over its whole length: a frozen process may stop in the midst of its answer.
    const timer = setTimeout(() => request.destroy(), withinMs);
    request.once("close", () => {
      clearTimeout(timer);
      resolve(null);
    });
    request.on("error", () => request.destroy());
    as.onSent?.(performance.now());
    request.end(body);
  });
}

/** The row of React's answer that is a Result of ours. */
function readAnswer(body: string): Answer | null {
  for (const row of body.split("\n")) {
    const [, json] = /^[0-9a-f]+:(\{"ok":.*)$/.exec(row) ?? [];
    if (json) {
      return Answered.parse(JSON.parse(json));
    }
  }
  return null;
}

const chat = "app/(customer)/chat/actions.ts";

/** Makes the person a guest who agreed, to the words that came with the product; true once that is stored. */
export async function agree(person: Person): Promise<boolean> {
  const { version } = usualConsent;
  await person.call({ file: chat, name: "agree", path: "/chat" }, { version, memory: "on" });
  return person.headers().cookie.includes("rc_guest");
}

const Sent = z.object({ message: MessageView });

export type Outcome =
  | { kind: "acknowledged"; message: MessageView }
  | { kind: "refused"; code: string }
  | { kind: "unknown" };

/** Sends a message as the page does. `unknown`: nobody can say whether it was stored; it may be sent again under its id. */
export async function send(
  person: Person,
  message: { id: string; conversationId: string; text: string },
  options: { onSent?: (at: number) => void; withinMs?: number } = {},
): Promise<Outcome> {
  const { onSent, withinMs } = options;
  const where = { file: chat, name: "sendMessage", path: `/chat/${message.conversationId}` };
  const answer = await person.call({ ...where, ...(withinMs && { withinMs }) }, message, onSent);
  if (!answer) {
    return { kind: "unknown" };
  }
  return answer.ok
    ? { kind: "acknowledged", message: Sent.parse(answer.data).message }
    : { kind: "refused", code: answer.code };
}
