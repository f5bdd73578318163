import { createHmac, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { Id } from "@/lib/id";
import { isSecure, secretFor } from "./secret";

export const GUEST_COOKIE = "rc_guest";

/** As long as a guest's conversation is kept. */
const MAX_AGE_SECONDS = 30 * 24 * 60 * 60;

export type Claim = { id: string; epoch: number };

const Parts = z.tuple([Id, z.coerce.number().int().positive(), z.string()]);

function mac(id: string, epoch: number): string {
  return createHmac("sha256", secretFor("guest-cookie"))
    .update(`${id}.${epoch}`)
    .digest("base64url");
}

/** `id.epoch.hmac`: names the guest and cannot be made without SESSION_SECRET. */
export function signGuest({ id, epoch }: Claim): string {
  return `${id}.${epoch}.${mac(id, epoch)}`;
}

/** Whom the cookie names, or null for anything that we did not sign. */
export function readGuest(value: string | undefined): Claim | null {
  const parts = Parts.safeParse(value?.split("."));
  if (!parts.success) {
    return null;
  }
  const [id, epoch, given] = parts.data;
  const expected = Buffer.from(mac(id, epoch));
  const actual = Buffer.from(given);
  const same = expected.length === actual.length && timingSafeEqual(expected, actual);
  return same ? { id, epoch } : null;
}

export function guestCookieOptions() {
  return {
    httpOnly: true,
    sameSite: "lax",
    secure: isSecure(),
    path: "/",
    maxAge: MAX_AGE_SECONDS,
  } as const;
}
