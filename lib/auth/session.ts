import { decode, encode } from "next-auth/jwt";
import { z } from "zod";
import { isSecure, secretFor } from "./secret";

/** Whom a session is for. Nothing else is in it: state, role and epoch come from the database on each request. */
export type SessionClaim = { kind: "customer" | "staff"; id: string; epoch: number };

const Token = z.object({
  sub: z.string().regex(/^[cu]:[0-9a-f-]{36}$/),
  epoch: z.number().int().positive(),
});

const DAY_SECONDS = 24 * 60 * 60;
const maxAgeSeconds = { customer: 30 * DAY_SECONDS, staff: DAY_SECONDS / 2 } as const;

export function sessionSecret(): string {
  return secretFor("session").toString("base64url");
}

/** next-auth's own name, so that a session made by either door is the same. */
export function sessionCookie(): string {
  return `${isSecure() ? "__Secure-" : ""}next-auth.session-token`;
}

export function sessionCookieOptions(kind: SessionClaim["kind"]) {
  return {
    httpOnly: true,
    sameSite: "lax",
    secure: isSecure(),
    path: "/",
    maxAge: maxAgeSeconds[kind],
  } as const;
}

/** What next-auth keeps in the encrypted token. */
export function toToken({ kind, id, epoch }: SessionClaim): { sub: string; epoch: number } {
  return { sub: `${kind === "customer" ? "c" : "u"}:${id}`, epoch };
}

/** Encrypts a session; anything in the token beside id and epoch is left out. */
export async function encodeSession(token: unknown): Promise<string> {
  const { sub, epoch } = Token.parse(token);
  const kind = sub.startsWith("c:") ? "customer" : "staff";
  return await encode({
    token: { sub, epoch },
    secret: sessionSecret(),
    maxAge: maxAgeSeconds[kind],
  });
}

/** Whom a session cookie names, or null for anything expired, forged or of another shape. */
export async function decodeSession(value: string | undefined): Promise<SessionClaim | null> {
  const token = Token.safeParse(await decrypt(value));
  if (!token.success) {
    return null;
  }
  const { sub, epoch } = token.data;
  return { kind: sub.startsWith("c:") ? "customer" : "staff", id: sub.slice(2), epoch };
}

async function decrypt(value: string | undefined): Promise<unknown> {
  try {
    return value ? await decode({ token: value, secret: sessionSecret() }) : null;
  } catch {
    // A cookie of another secret, or an expired one: nobody is signed in.
    return null;
  }
}
