import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";
import { env } from "@/lib/env";
import { once } from "@/lib/once";

const FORWARDED = "x-forwarded-for";

/**
 * Has this process write down who really connected: appended to X-Forwarded-For as any proxy would, before Next reads
 * the request. Next itself would leave a header that the client made up as it is, and hide the socket behind it.
 */
export function noteAddresses(): void {
  once("auth.note-addresses", () => {
    subscribe("http.server.request.start", (message) => {
      const { request } = message as { request: IncomingMessage };
      const claimed = request.headers[FORWARDED];
      const address = request.socket.remoteAddress ?? "unknown";
      request.headers[FORWARDED] = claimed ? `${String(claimed)}, ${address}` : address;
    });
    return true;
  });
}

/**
 * The address of the caller. The last entry is the connection itself; before it stand what TRUSTED_PROXY proxies of
 * ours wrote, and everything further left is whatever the client liked to claim.
 */
export function clientAddress(
  headers: Pick<Headers, "get">,
  trustedProxies: number = env.TRUSTED_PROXY,
): string {
  const entries = (headers.get(FORWARDED) ?? "")
    .split(",")
    .map((entry) => entry.trim())
    .filter(Boolean);
  const entry = entries[Math.max(0, entries.length - 1 - trustedProxies)] ?? "unknown";
  return entry.replace(/^::ffff:/, "");
}
