import { report } from "@/lib/observability";
import { onNotify } from "@/lib/storage";
import { forgetCachedKey } from "./key-cache";
import { freshKeyring } from "./keyring";

/**
 * From now on this process forgets a person's unwrapped key as soon as any process says that the person is gone, and
 * key-encryption keys when a rotation has destroyed them. What it misses while disconnected ends with the cache's 60 s,
 * and no key is used without the epoch from the database.
 */
export function startForgetting(): () => void {
  const leave = [onNotify("gone", forgetCachedKey), onNotify("keyring", rereadKeyring)];
  return () => {
    for (const each of leave) {
      each();
    }
  };
}

function rereadKeyring(): void {
  try {
    freshKeyring();
  } catch (error) {
    report(error, { where: "privacy.keyring" });
  }
}
