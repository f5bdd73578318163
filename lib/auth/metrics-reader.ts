import { createHash, timingSafeEqual } from "node:crypto";
import { env } from "@/lib/env";
import { Refusal } from "@/lib/errors";
import { findCaller } from "./caller";
import type { Caller } from "./schema";

type Circumstances = { token?: string | undefined; find?: () => Promise<Caller | null> };

/**
 * Who may read the measured figures: a collector that sends METRICS_TOKEN as its bearer token, or a signed-in admin.
 * Refuses `session_missing` and `forbidden`.
 */
export async function requireMetricsReader(
  authorization: string | null,
  { token = env.METRICS_TOKEN, find = findCaller }: Circumstances = {},
): Promise<void> {
  if (token && isSame(authorization, `Bearer ${token}`)) {
    return;
  }
  const caller = await find();
  if (!caller) {
    throw new Refusal("session_missing");
  }
  if (caller.kind !== "staff" || caller.role !== "admin") {
    throw new Refusal("forbidden");
  }
}

// Hashed first: the comparison then takes the same time for a token of any length.
function isSame(given: string | null, wanted: string): boolean {
  const hash = (text: string) => createHash("sha256").update(text).digest();
  return given !== null && timingSafeEqual(hash(given), hash(wanted));
}
