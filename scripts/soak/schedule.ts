import { randomFrom } from "./random";

export const deeds = ["kill", "freeze", "stop"] as const;
export type Deed = (typeof deeds)[number];

/** One thing that goes wrong: with what, when, how, and how long until it is put right. */
export type Fault = { atMs: number; target: string; deed: Deed; forMs: number };

/** A lease runs out in 10 s: some freezes end before that and some after it. */
const SHORT = [500, 6_000] as const;
const LONG = [10_500, 14_000] as const;

/**
 * What will go wrong in so many seconds: the same for the same seed. One target's faults follow each other; those of
 * different targets overlap as they come.
 */
export function planFaults(seed: number, seconds: number, targets: readonly string[]): Fault[] {
  const random = randomFrom(seed);
  const faults: Fault[] = [];
  for (let atMs = 3_000; atMs < seconds * 1000; atMs += random.between(2_000, 6_000)) {
    const deed = random.pick(deeds);
    const [from, to] = deed === "freeze" && random.chance(0.35) ? LONG : SHORT;
    faults.push({
      atMs: Math.round(atMs),
      target: random.pick(targets),
      deed,
      forMs: Math.round(random.between(from, to)),
    });
  }
  return faults;
}
