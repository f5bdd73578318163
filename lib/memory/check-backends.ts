import { log } from "@/lib/observability";
import { once } from "@/lib/once";
import type { BackendHealth } from "./schema";
import { probePostgres, probeRedis } from "./store-probe";

type Probes = Record<BackendHealth["name"], () => Promise<void>>;

const usualProbes: Probes = { redis: probeRedis, postgresql: probePostgres };

function held(): Map<BackendHealth["name"], BackendHealth> {
  return once("memory.backends", () => new Map());
}

/**
 * Writes a memory of nobody to each backend, reads it back, compares and deletes it: a store that answers a ping but
 * takes no write, or gives back something else, is down. What it writes is never listed, counted or migrated.
 */
export async function checkBackends(probes: Probes = usualProbes): Promise<BackendHealth[]> {
  return await Promise.all([check("redis", probes.redis), check("postgresql", probes.postgresql)]);
}

/** How each answered last, in this process. */
export function listBackends(): BackendHealth[] {
  const names = ["redis", "postgresql"] as const;
  return names.map((name) => held().get(name) ?? notChecked(name));
}

/** For the status page: `down` without the authority, `partly` without the copy. */
export function memoryState(): "up" | "partly" | "down" | "unknown" {
  const state = (name: BackendHealth["name"]) => held().get(name)?.state ?? "unknown";
  if (state("postgresql") === "down") {
    return "down";
  }
  if (state("redis") === "down") {
    return "partly";
  }
  return state("postgresql") === "up" && state("redis") === "up" ? "up" : "unknown";
}

async function check(
  name: BackendHealth["name"],
  probe: () => Promise<void>,
): Promise<BackendHealth> {
  const startedMs = performance.now();
  const reason = await reasonOf(probe);
  const health: BackendHealth = {
    name,
    state: reason === null ? "up" : "down",
    checkedAt: new Date().toISOString(),
    durationMs: performance.now() - startedMs,
    reason,
  };
  const before = held().get(name)?.state ?? "unknown";
  if (health.state !== before && (health.state === "down" || before === "down")) {
    log.warn({ event: "memory_backend", name, state: health.state, reason });
  }
  held().set(name, health);
  return health;
}

async function reasonOf(probe: () => Promise<void>): Promise<string | null> {
  try {
    await probe();
    return null;
  } catch (error) {
    return error instanceof Error ? error.name : "unknown";
  }
}

function notChecked(name: BackendHealth["name"]): BackendHealth {
  return { name, state: "unknown", checkedAt: null, durationMs: null, reason: null };
}
