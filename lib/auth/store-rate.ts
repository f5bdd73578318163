import { once } from "@/lib/once";
import { evalScript, RedisGone, script } from "@/lib/storage";

export type Window = { max: number; windowSeconds: number };

const increment = script(`
local n = redis.call('INCR', KEYS[1])
if n == 1 or redis.call('TTL', KEYS[1]) < 0 then redis.call('EXPIRE', KEYS[1], ARGV[1]) end
return n`);

const decrement = script(`
if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
return redis.call('DECR', KEYS[1])`);

/** Counts one use in the key's window and answers how many there were. Without Redis each process counts for itself. */
export async function countUse(key: string, { windowSeconds }: Window): Promise<number> {
  try {
    return Number(await evalScript(increment, [`rc:rate:${key}`], [windowSeconds]));
  } catch (error) {
    if (error instanceof RedisGone) {
      return countHere(key, windowSeconds);
    }
    throw error;
  }
}

/** Takes one use back: a right password is not a failed try. */
export async function uncountUse(key: string): Promise<void> {
  try {
    await evalScript(decrement, [`rc:rate:${key}`], []);
  } catch (error) {
    if (!(error instanceof RedisGone)) {
      throw error;
    }
    const held = local().get(key);
    if (held) {
      held.count -= 1;
    }
  }
}

type Held = { count: number; until: number };

const KEYS_MAX = 10_000;

function local(): Map<string, Held> {
  return once("auth.rates", () => new Map<string, Held>());
}

export function countHere(key: string, windowSeconds: number, now = Date.now()): number {
  const rates = local();
  const held = rates.get(key);
  if (held && held.until > now) {
    held.count += 1;
    return held.count;
  }
  if (rates.size >= KEYS_MAX) {
    makeRoom(rates, now);
  }
  rates.delete(key);
  rates.set(key, { count: 1, until: now + windowSeconds * 1_000 });
  return 1;
}

// Expired ones first; if a flood of keys fills the map all the same, the oldest go.
function makeRoom(rates: Map<string, Held>, now: number): void {
  for (const [key, { until }] of rates) {
    if (until <= now) {
      rates.delete(key);
    }
  }
  for (const key of rates.keys()) {
    if (rates.size < KEYS_MAX) {
      return;
    }
    rates.delete(key);
  }
}
