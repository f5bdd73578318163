import { setTimeout as pause } from "node:timers/promises";

/**
 * Has `count` things begin at an even pace, whether the ones before have ended or not: what people do to a server.
 * Resolves when all have ended.
 */
export async function arrivals<T>(
  { count, perSecond }: { count: number; perSecond: number },
  begin: (index: number) => Promise<T>,
): Promise<T[]> {
  const startedAt = performance.now();
  const running: Promise<T>[] = [];
  for (let index = 0; index < count; index += 1) {
    const dueInMs = startedAt + (index * 1000) / perSecond - performance.now();
    if (dueInMs > 0) {
      await pause(dueInMs);
    }
    running.push(begin(index));
  }
  return await Promise.all(running);
}

/** Runs `work` for each, `width` at a time. */
export async function inTurn<T, R>(
  items: readonly T[],
  width: number,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  const queue = items.entries();
  const lane = async () => {
    for (const [index, item] of queue) {
      results[index] = await work(item);
    }
  };
  await Promise.all(Array.from({ length: width }, lane));
  return results;
}
