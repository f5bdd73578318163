import { cookies } from "next/headers";
import { GUEST_COOKIE } from "./guest-cookie";
import { sessionCookie } from "./session";

// No redirect: Next would follow it by itself after an action, show what it found, and keep the running page's memory.
const PAGE = `<!doctype html>
<html lang="en"><meta name="viewport" content="width=device-width"><link rel="icon" href="/favicon.svg"><title>Signed out</title>
<p><a href="/signed-out">You are signed out.</a></p></html>`;

/** Ends the caller's session in this browser. A guest's cookie goes too: it opens their conversations. */
export async function endSession(): Promise<void> {
  const jar = await cookies();
  jar.delete(sessionCookie());
  jar.delete(GUEST_COOKIE);
}

/**
 * The answer to a sign-out: session and guest cookie deleted, and everything readable that this site left in the
 * browser cleared (drafts, caches, pages kept for going back). A whole-page answer, because a running page's own memory
 * is part of what must go. Null when another site sent the browser here.
 */
export function signOut(request: Request): Response | null {
  if (!isFromHere(request.headers)) {
    return null;
  }
  const headers = new Headers({
    "Content-Type": "text/html; charset=utf-8",
    Refresh: "0; url=/signed-out",
    "Cache-Control": "no-store",
    "Clear-Site-Data": '"cache", "cookies", "storage"',
  });
  for (const name of [sessionCookie(), GUEST_COOKIE]) {
    headers.append("Set-Cookie", expired(name));
  }
  return new Response(PAGE, { headers });
}

function expired(name: string): string {
  const secure = name.startsWith("__Secure-") ? "; Secure" : "";
  return `${name}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax${secure}`;
}

// Another site's link or picture must not sign anybody out. A browser too old to say is believed.
function isFromHere(headers: Headers): boolean {
  return ["same-origin", "none", null].includes(headers.get("sec-fetch-site"));
}
