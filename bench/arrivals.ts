import { setTimeout as pause } from "node:timers/promises";
import { randomFrom } from "@/scripts/soak/random";

const SEED = 1;

/**
 * Has `count` things begin, one in each stretch of the same length but at any moment of it, whether the ones before have
 * ended or not: what people do to a server. At even distances each would meet the others at the same point of its way.
 * The moments are the same in every run. Resolves when all have ended.
 */
export async function arrivals<T>(
  { count, perSecond }: { count: number; perSecond: number },
  begin: (index: number) => Promise<T>,
): Promise<T[]> {
  const startedAt = performance.now();
  const random = randomFrom(SEED);
  const running: Promise<T>[] = [];
  for (let index = 0; index < count; index += 1) {
    const dueInMs =
      startedAt + ((index + random.between(0, 1)) * 1000) / perSecond - performance.now();
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
