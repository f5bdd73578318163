import { GUEST_COOKIE } from "./guest-cookie";
import { sessionCookie } from "./session";

/**
 * The answer to a sign-out: session and guest cookie deleted, and everything readable that this site left in the
 * browser cleared (drafts, caches, pages kept for going back). A whole-page answer, because a running page's own memory
 * is part of what must go. Refuses another site's form (`null`).
 */
export function signOut(request: Request): Response | null {
  if (!isFromHere(request.headers)) {
    return null;
  }
  const headers = new Headers({
    Location: "/signed-out",
    "Cache-Control": "no-store",
    "Clear-Site-Data": '"cache", "cookies", "storage"',
  });
  for (const name of [sessionCookie(), GUEST_COOKIE]) {
    headers.append("Set-Cookie", expired(name));
  }
  return new Response(null, { status: 303, headers });
}

function expired(name: string): string {
  const secure = name.startsWith("__Secure-") ? "; Secure" : "";
  return `${name}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax${secure}`;
}

// Browsers say where a form was; what says nothing (curl) carries no cookies that matter to it.
function isFromHere(headers: Headers): boolean {
  const site = headers.get("sec-fetch-site");
  if (site) {
    return site === "same-origin";
  }
  const origin = headers.get("origin");
  const host = headers.get("x-forwarded-host") ?? headers.get("host");
  return origin === null || (URL.canParse(origin) && new URL(origin).host === host);
}
