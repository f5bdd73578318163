import { type NextRequest, NextResponse } from "next/server";
import { env } from "@/lib/env";

/**
 * Sets the headers that tell the browser what this site may do. It is no gate: who may do what is decided by the doors
 * of lib, where no path can go around it.
 */
export function proxy(request: NextRequest): NextResponse {
  const policy = contentPolicy(Buffer.from(crypto.randomUUID()).toString("base64"));
  const headers = new Headers(request.headers);
  // Next reads the nonce from here and puts it on its own scripts.
  headers.set("Content-Security-Policy", policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("Content-Security-Policy", policy);
  for (const [name, value] of Object.entries(fixed)) {
    response.headers.set(name, value);
  }
  return response;
}

/**
 * Not for actions that a page's script calls: what answers them is read by that script and is no document, and a message
 * would wait two milliseconds more for its first word. Next reads this without running it, so nothing here is computed.
 */
export const config = {
  matcher: [
    {
      source: "/((?!_next/static|_next/image).*)",
      missing: [{ type: "header", key: "next-action" }],
    },
  ],
};

const secure = env.PUBLIC_URL?.startsWith("https:") ?? false;

const fixed: Record<string, string> = {
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
  // Not "no-referrer": a form sent without JavaScript would lose its Origin, by which actions know their own site.
  "Referrer-Policy": "same-origin",
  "Permissions-Policy":
    "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  ...(secure ? { "Strict-Transport-Security": "max-age=31536000" } : {}),
};

function contentPolicy(nonce: string): string {
  const development = env.NODE_ENV === "development";
  const rules = [
    "default-src 'self'",
    // React's development build evaluates strings to show a server's stack in the browser.
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ""}`,
    // Dialogs and menus place themselves by style attributes, which know no nonce. Styles can load nothing from elsewhere.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    `form-action 'self'${provider()}`,
    "frame-ancestors 'none'",
    ...(secure ? ["upgrade-insecure-requests"] : []),
  ];
  return rules.join("; ");
}

// Signing in with the company's provider begins with a form, and browsers hold its redirect to this rule too.
function provider(): string {
  return env.OIDC_ISSUER ? ` ${new URL(env.OIDC_ISSUER).origin}` : "";
}
