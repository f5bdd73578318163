/** Whatever dies here takes no further step; where its steps are numbered, it dies behind the last of them. */
export type Mortal = { isDead: boolean; stepsLeft?: number };

/**
 * Runs what goes on at the same time one step after another, in an order that a seed decides. Between two steps nothing
 * is under way, so every order of the steps may come, and the same seed brings the same order again.
 */
export class Interleaver {
  private readonly waiting: { owner: Mortal; begin: () => void }[] = [];
  private readonly random: (below: number) => number;
  private underWay = 0;

  constructor(seed: number) {
    this.random = dice(seed);
  }

  /** Waits for its turn, then runs, and takes no step within. What belongs to a dead one never does. */
  async step<T>(owner: Mortal, run: () => Promise<T> | T): Promise<T> {
    await new Promise<void>((begin) => this.waiting.push({ owner, begin }));
    this.underWay += 1;
    try {
      return await run();
    } finally {
      this.underWay -= 1;
    }
  }

  /** A store of which every call is a step, before and after which its owner may die. */
  stepped<Port extends object>(owner: Mortal, port: Port): Port {
    return new Proxy(port, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name, target);
        return typeof value === "function"
          ? (...args: unknown[]) => this.step(owner, () => value.apply(target, args))
          : value;
      },
    });
  }

  below(limit: number): number {
    return this.random(limit);
  }

  /** Plays until no step is left that anybody alive waits for, and what was begun is over. */
  async play(isOver: () => boolean): Promise<void> {
    for (;;) {
      await this.settle();
      const alive = this.waiting.filter(({ owner }) => !owner.isDead);
      this.waiting.splice(0, this.waiting.length, ...alive);
      if (this.waiting.length > 0) {
        const [next] = this.waiting.splice(this.below(this.waiting.length), 1);
        if (next && !diesNow(next.owner)) {
          next.begin();
        }
      } else if (isOver()) {
        return;
      }
    }
  }

  private async settle(): Promise<void> {
    do {
      await new Promise((resolve) => setImmediate(resolve));
    } while (this.underWay > 0);
  }
}

function diesNow(owner: Mortal): boolean {
  if (owner.stepsLeft !== undefined) {
    owner.stepsLeft -= 1;
    owner.isDead = owner.stepsLeft < 0;
  }
  return owner.isDead;
}

/** Numbers below a limit, the same for the same seed (mulberry32). */
function dice(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d_2b_79_f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}
