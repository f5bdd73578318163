/** Numbers that look random and are the same for the same seed (mulberry32), so that a run can be had again. */
export type Random = {
  /** At least `from`, below `to`. */
  between(from: number, to: number): number;
  pick<T>(of: readonly T[]): T;
  chance(share: number): boolean;
};

export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    between: (from, to) => from + next() * (to - from),
    pick: (of) => {
      const picked = of[Math.floor(next() * of.length)];
      if (picked === undefined) {
        throw new Error("Nothing to pick from.");
      }
      return picked;
    },
    chance: (share) => next() < share,
  };
}
