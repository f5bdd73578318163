import { createHmac } from "node:crypto";
import { headers } from "next/headers";
import { Refusal, type RefusalCode } from "@/lib/errors";
import { clientAddress } from "./address";
import { secretFor } from "./secret";
import { countUse, uncountUse, type Window } from "./store-rate";

// Addresses and e-mails are personal: Redis sees a keyed hash of them.
function keyOf(name: string, key: string): string {
  const hash = createHmac("sha256", secretFor("rate")).update(key).digest("base64url");
  return `${name}:${hash.slice(0, 22)}`;
}

/**
 * Counts one use of `name` by `key` and refuses above `max` in `windowSeconds`. Without a key the caller's address
 * stands for it. Counted in Redis; while that is gone, in this process.
 */
export async function limitRate(
  name: string,
  key: string | null,
  window: Window,
  code: RefusalCode = "rate_limited",
): Promise<void> {
  const who = key ?? clientAddress(await headers());
  if ((await countUse(keyOf(name, who), window)) > window.max) {
    throw new Refusal(code);
  }
}

/**
 * Finds who it is, and counts the use for them meanwhile: `named` is whom their cookies name, and whether that still holds
 * is what `find` asks. Where it is somebody else, they are counted afterwards.
 */
export async function limitBeside<Who extends { id: string } | null>(
  name: string,
  window: Window,
  named: string | null,
  find: () => Promise<Who>,
): Promise<Who> {
  const counted = named === null ? null : limitRate(name, named, window);
  // Who is not let in is told that, and not how often they came.
  counted?.catch(() => undefined);
  const who = await find();
  const id = who?.id ?? null;
  await (counted !== null && id === named ? counted : limitRate(name, id, window));
  return who;
}

/** Takes a counted use back. */
export async function refundRate(name: string, key: string): Promise<void> {
  await uncountUse(keyOf(name, key));
}
