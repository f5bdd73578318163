/** One form of something that is looked for; `trace` says of what, for instance by its place in a list. */
export type Pattern = { trace: number; bytes: Uint8Array };

type Probe = { pattern: Pattern; at: number };

const WINDOW_BYTES = 4;
const FILTER_BITS = 22;
const MULTIPLIER = 0x9e3779b1;

/**
 * Looks for thousands of byte strings in one pass over the bytes (after Wu and Manber: one window of four bytes for each
 * string, a bit filter for the windows). A gigabyte takes a few seconds, however many strings there are.
 */
export class TraceFinder {
  /** The length of the longest pattern: so much less one byte of what came before belongs to the next piece. */
  readonly longest: number;
  private readonly filter = new Uint8Array(2 ** (FILTER_BITS - 3));
  private readonly probes = new Map<number, Probe[]>();

  constructor(patterns: readonly Pattern[]) {
    this.longest = Math.max(1, ...patterns.map(({ bytes }) => bytes.length));
    for (const pattern of patterns) {
      this.add(pattern);
    }
  }

  private add(pattern: Pattern): void {
    const { bytes } = pattern;
    if (bytes.length < WINDOW_BYTES) {
      throw new Error("What is looked for has four bytes or more");
    }
    const at = tellingWindow(bytes);
    const window = windowAt(bytes, at);
    const hash = hashOf(window);
    this.filter[hash >>> 3] = (this.filter[hash >>> 3] ?? 0) | (1 << (hash & 7));
    const known = this.probes.get(window);
    if (known) {
      known.push({ pattern, at });
    } else {
      this.probes.set(window, [{ pattern, at }]);
    }
  }

  /** Every place in the bytes where a pattern stands: the trace, and where the pattern begins. */
  find(bytes: Uint8Array): { trace: number; at: number; length: number }[] {
    const found: { trace: number; at: number; length: number }[] = [];
    const { filter } = this;
    let window = 0;
    for (let end = 0; end < bytes.length; end += 1) {
      window = (window >>> 8) | ((bytes[end] ?? 0) << 24);
      const hash = Math.imul(window, MULTIPLIER) >>> (32 - FILTER_BITS);
      if (((filter[hash >>> 3] ?? 0) & (1 << (hash & 7))) !== 0 && end >= WINDOW_BYTES - 1) {
        this.compare(bytes, end - WINDOW_BYTES + 1, window, found);
      }
    }
    return found;
  }

  private compare(
    bytes: Uint8Array,
    start: number,
    window: number,
    found: { trace: number; at: number; length: number }[],
  ): void {
    for (const { pattern, at } of this.probes.get(window) ?? []) {
      const begin = start - at;
      if (begin >= 0 && standsAt(bytes, begin, pattern.bytes)) {
        found.push({ trace: pattern.trace, at: begin, length: pattern.bytes.length });
      }
    }
  }
}

function standsAt(bytes: Uint8Array, begin: number, pattern: Uint8Array): boolean {
  if (begin + pattern.length > bytes.length) {
    return false;
  }
  for (let at = 0; at < pattern.length; at += 1) {
    if (bytes[begin + at] !== pattern[at]) {
      return false;
    }
  }
  return true;
}

/** Where the window lies whose bytes differ most; of several the last one, because ids of one hour begin alike. */
function tellingWindow(bytes: Uint8Array): number {
  let [best, most] = [0, 0];
  for (let at = 0; at + WINDOW_BYTES <= bytes.length; at += 1) {
    const different = new Set(bytes.subarray(at, at + WINDOW_BYTES)).size;
    if (different >= most) {
      [best, most] = [at, different];
    }
  }
  return best;
}

function windowAt(bytes: Uint8Array, at: number): number {
  const [first = 0, second = 0, third = 0, fourth = 0] = bytes.subarray(at, at + WINDOW_BYTES);
  return first | (second << 8) | (third << 16) | (fourth << 24);
}

function hashOf(window: number): number {
  return Math.imul(window, MULTIPLIER) >>> (32 - FILTER_BITS);
}
