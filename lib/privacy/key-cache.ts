import { once } from "@/lib/once";
import type { SubjectKey } from "./schema";

const KEPT_MS = 60_000;
const KEYS_MAX = 2_000;

type Held = { key: Promise<SubjectKey>; until: number };

/** Owner's id → epoch → key. A forgotten owner takes every epoch along, and loads that are under way. */
function held(): Map<string, Map<number, Held>> {
  return once("privacy.keys", () => new Map());
}

/**
 * The cached key, or the one that `load` brings. Callers at the same time share one load; a failed load is not kept;
 * a load that began before `forget` is not found by those who come after it.
 */
export function cachedKey(
  ownerId: string,
  epoch: number,
  load: () => Promise<SubjectKey>,
  now = performance.now(),
): Promise<SubjectKey> {
  const known = findCachedKey(ownerId, epoch, now);
  if (known !== null) {
    return known;
  }
  const key = load();
  const entry = { key, until: now + KEPT_MS };
  const epochs = held().get(ownerId) ?? new Map<number, Held>();
  epochs.set(epoch, entry);
  held().delete(ownerId);
  held().set(ownerId, epochs);
  dropOldest();
  key.catch(() => {
    if (held().get(ownerId)?.get(epoch) === entry) {
      held().get(ownerId)?.delete(epoch);
    }
  });
  return key;
}

/** The cached key, or null. */
export function findCachedKey(
  ownerId: string,
  epoch: number,
  now = performance.now(),
): Promise<SubjectKey> | null {
  const entry = held().get(ownerId)?.get(epoch);
  return entry && entry.until > now ? entry.key : null;
}

/** Drops every key of the owner in this process. */
export function forgetCachedKey(ownerId: string): void {
  held().delete(ownerId);
}

function dropOldest(): void {
  for (const ownerId of held().keys()) {
    if (held().size <= KEYS_MAX) {
      break;
    }
    held().delete(ownerId);
  }
}
