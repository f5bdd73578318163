import { createHash, randomBytes } from "node:crypto";
import { cookies, headers } from "next/headers";
import { NextRequest } from "next/server";
import NextAuth, { type NextAuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import type { OAuthConfig } from "next-auth/providers/oauth";
import { env, trustOrigin } from "@/lib/env";
import { Refusal } from "@/lib/errors";
import { log, report } from "@/lib/observability";
import { clientAddress } from "./address";
import { findGuestId } from "./caller";
import { admitIdentity, Profile } from "./identity";
import { safePath } from "./path";
import { Credentials } from "./schema";
import { isSecure } from "./secret";
import { decodeSession, encodeSession, type SessionClaim, sessionSecret, toToken } from "./session";
import { checkCredentials, recordNotAdmitted, recordSignIn } from "./sign-in";

const PROVIDER = "oidc";

/** Whether sign-in with the company's own provider is set up: its three variables are there. */
export function hasProvider(): boolean {
  return provider() !== null;
}

/** What the button says: the provider's host. */
export function providerName(): string {
  return env.OIDC_ISSUER ? new URL(env.OIDC_ISSUER).host : "";
}

function provider(): OAuthConfig<Profile> | null {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret } = env;
  if (!issuer || !clientId || !clientSecret) {
    return null;
  }
  return {
    id: PROVIDER,
    name: providerName(),
    type: "oauth",
    wellKnown: `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`,
    issuer,
    clientId,
    clientSecret,
    idToken: true,
    checks: ["pkce", "state", "nonce"],
    authorization: { params: { scope: "openid email profile" } },
    profile: (claims) => ({ id: claims.sub }),
  };
}

/** next-auth's configuration. Its session is ours: an id and an epoch, in one encrypted cookie. */
function options(): NextAuthOptions {
  const oidc = provider();
  return {
    secret: sessionSecret(),
    useSecureCookies: isSecure(),
    session: { strategy: "jwt" },
    pages: { signIn: "/sign-in", error: "/sign-in" },
    providers: [
      CredentialsProvider({
        credentials: { email: {}, password: {} },
        authorize: async (given) => await authorize(given),
      }),
      ...(oidc ? [oidc] : []),
    ],
    jwt: {
      encode: async ({ token }) => await encodeSession(token),
      decode: async ({ token }) => {
        const claim = await decodeSession(token);
        return claim && toToken(claim);
      },
    },
    callbacks: {
      signIn: async ({ account, profile }) =>
        account?.provider !== PROVIDER || (await findOrAdmit(profile)) !== null,
      jwt: async ({ token, user, account, profile }) => {
        if (account?.provider === PROVIDER) {
          return toToken(await requireAdmitted(profile));
        }
        return user ? toToken(JSON.parse(user.id) as SessionClaim) : token;
      },
      session: ({ session }) => ({ expires: session.expires }),
      redirect: ({ url, baseUrl }) => sameOrigin(url, baseUrl),
    },
    logger: {
      error: (code, metadata) => report(metadata, { where: `next-auth.${code}` }),
      warn: (code) => log.debug({ event: "next_auth_warning", code }),
      debug: () => undefined,
    },
  };
}

async function authorize(given: unknown) {
  const credentials = Credentials.safeParse(given);
  if (!credentials.success) {
    return null;
  }
  try {
    const person = await checkCredentials(credentials.data, clientAddress(await headers()));
    await recordSignIn(person, "password");
    return { id: JSON.stringify(person) };
  } catch (error) {
    if (error instanceof Refusal) {
      return null;
    }
    throw error;
  }
}

async function findOrAdmit(profile: unknown): Promise<SessionClaim | null> {
  const issuer = env.OIDC_ISSUER;
  return issuer
    ? await admitIdentity({ issuer, guestId: await findGuestId() }, Profile.parse(profile))
    : null;
}

async function requireAdmitted(profile: unknown): Promise<SessionClaim> {
  const person = await findOrAdmit(profile);
  if (!person) {
    await recordNotAdmitted();
    throw new Refusal("sign_in_failed");
  }
  await recordSignIn(person, "oidc");
  return person;
}

function sameOrigin(url: string, baseUrl: string): string {
  const path = url.startsWith(baseUrl) ? url.slice(baseUrl.length) : url;
  return `${baseUrl}${safePath(path) ?? "/"}`;
}

type RouteContext = { params: Promise<{ nextauth: string[] }> };

/** next-auth's own route: the provider's callback comes back here. */
export async function authRoute(request: NextRequest, context: RouteContext): Promise<Response> {
  trustOrigin();
  return (await NextAuth(request, context, options())) as Response;
}

/**
 * Begins a sign-in with the provider and answers the address to send the browser to. next-auth wants a form with a
 * token that its own script fetched first; here the server does both, so it works without JavaScript.
 */
export async function startProvider(to: string | undefined): Promise<string> {
  trustOrigin();
  const jar = await cookies();
  const given = await headers();
  const token = randomBytes(32).toString("hex");
  const hash = createHash("sha256").update(`${token}${sessionSecret()}`).digest("hex");
  jar.set(`${isSecure() ? "__Host-" : ""}next-auth.csrf-token`, `${token}|${hash}`, {
    httpOnly: true,
    sameSite: "lax",
    secure: isSecure(),
    path: "/",
  });
  const body = new URLSearchParams({
    csrfToken: token,
    callbackUrl: `/api/welcome?to=${encodeURIComponent(safePath(to) ?? "")}`,
  });
  const request = new NextRequest(`http://${given.get("host")}/api/auth/signin/${PROVIDER}`, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: body.toString(),
  });
  const answer = await authRoute(request, {
    params: Promise.resolve({ nextauth: ["signin", PROVIDER] }),
  });
  await keepCookies(answer);
  const location = answer.headers.get("location");
  if (!location) {
    throw new Error("The sign-in provider gave no address to go to");
  }
  return location;
}

/** The cookies of an answer that the browser never sees become cookies of this one. */
async function keepCookies(answer: Response): Promise<void> {
  const jar = await cookies();
  for (const line of answer.headers.getSetCookie()) {
    const [pair = "", ...attributes] = line.split("; ");
    const [name = "", value = ""] = pair.split(/=(.*)/s);
    const maxAge = attributes.find((each) => each.startsWith("Max-Age="))?.slice(8);
    jar.set(name, decodeURIComponent(value), {
      httpOnly: true,
      sameSite: "lax",
      secure: isSecure(),
      path: "/",
      ...(maxAge ? { maxAge: Number(maxAge) } : {}),
    });
  }
}
