import "server-only";
import { log } from "@/lib/observability";
import { probes } from "./store";

/** Whether what this process stands on answers now. Says so and nothing else: no address, no error text. */
export async function checkHealth(): Promise<{ postgres: boolean; redis: boolean }> {
  const [postgres, redis] = await Promise.all([answers("postgres"), answers("redis")]);
  return { postgres, redis };
}

async function answers(name: keyof typeof probes): Promise<boolean> {
  try {
    await probes[name]();
    return true;
  } catch (error) {
    log.warn({ event: "not_ready", name, reason: error instanceof Error ? error.name : "unknown" });
    return false;
  }
}
