import { hkdfSync } from "node:crypto";
import { env } from "@/lib/env";

/** One secret for each use, all from SESSION_SECRET: what signs one thing can never sign another. */
export function secretFor(use: "guest-cookie" | "session" | "rate"): Buffer {
  return Buffer.from(hkdfSync("sha256", env.SESSION_SECRET, "", `recollect/1/${use}`, 32));
}

/** Behind https a cookie that travels in clear is no cookie of ours. */
export function isSecure(): boolean {
  return env.PUBLIC_URL?.startsWith("https:") ?? false;
}
