import { once } from "@/lib/once";
import { circuitOf } from "./circuit";
import { configuredEndpoints, type Endpoint, OFFLINE } from "./model";
import type { ModelState } from "./schema";

const ROLES = ["first", "second"] as const;

/**
 * How the models do, as this process has seen them: the configured ones in the order in which they are asked, and the
 * one in this process, which cannot be down.
 */
export function modelStates(endpoints: readonly Endpoint[] = configuredEndpoints()): ModelState[] {
  const startedMs = once("models-known-since", () => Date.now());
  const configured = endpoints.flatMap((endpoint, rank): ModelState[] => {
    const { state, sinceMs, why } = circuitOf(endpoint).breaker.look();
    const role = ROLES[rank];
    return role
      ? [{ name: endpoint.model, role, state, since: isoOf(sinceMs), ...(why && { why }) }]
      : [];
  });
  return [...configured, { name: OFFLINE, role: "offline", state: "up", since: isoOf(startedMs) }];
}

function isoOf(ms: number): string {
  return new Date(ms).toISOString();
}
