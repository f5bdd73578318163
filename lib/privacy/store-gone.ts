import { onNotify } from "@/lib/storage";
import { forgetCachedKey } from "./key-cache";

/**
 * From now on this process forgets a person's unwrapped key as soon as any process says that the person is gone. What
 * it misses while disconnected ends with the cache's 60 s, and no key is used without the epoch from the database.
 */
export function startForgetting(): () => void {
  return onNotify("gone", forgetCachedKey);
}
