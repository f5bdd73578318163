import os from "node:os";
import v8 from "node:v8";
import { log } from "@/lib/observability";
import { once } from "@/lib/once";
import { policy } from "./policy";
import type { HeapGrowth, SystemMemory } from "./schema";

const GROWTHS = 5;

/** The machine's memory, or the container's where that is less. */
export function measureSystemMemory(): SystemMemory {
  const constrained = process.constrainedMemory();
  const machine = os.totalmem();
  const totalBytes = constrained > 0 && constrained < machine ? constrained : machine;
  const availableBytes = Math.min(process.availableMemory(), totalBytes);
  return { totalBytes, usedBytes: totalBytes - availableBytes, availableBytes };
}

type Watch = { isHigh: boolean };

/** Tells the operator once when more than 80 % of the system's memory is in use, and again after it was less. True when it told. */
export function watchSystemMemory(
  { totalBytes, usedBytes }: SystemMemory,
  watch: Watch = once<Watch>("memory.system", () => ({ isHigh: false })),
): boolean {
  const isHigh = usedBytes > totalBytes * policy.warnAboveSystemMemoryShare;
  const isNew = isHigh && !watch.isHigh;
  watch.isHigh = isHigh;
  if (isNew) {
    log.warn({ event: "system_memory_high", totalBytes, usedBytes });
  }
  return isNew;
}

/** Bytes in use in each space of the heap, by its name in V8. */
export function measureHeap(): Map<string, number> {
  return new Map(
    v8
      .getHeapSpaceStatistics()
      .map(({ space_name: space, space_used_size: usedBytes }) => [space, usedBytes]),
  );
}

/** The five spaces that grew most between two measurements, the largest growth first. */
export function largestGrowths(
  before: ReadonlyMap<string, number>,
  after: ReadonlyMap<string, number>,
): HeapGrowth[] {
  return [...after]
    .map(([space, usedBytes]) => ({
      space,
      usedBytes,
      growthBytes: usedBytes - (before.get(space) ?? 0),
    }))
    .filter(({ growthBytes }) => growthBytes > 0)
    .toSorted((one, other) => other.growthBytes - one.growthBytes)
    .slice(0, GROWTHS);
}
