/** A stretch of text of one kind. */
export type Labelled = { kind: string; start: number; end: number };
export type Score = { precision: number; recall: number; f1: number };

type Count = { found: number; right: number; labelled: number; met: number };

const none = (): Count => ({ found: 0, right: 0, labelled: 0, met: 0 });

/** Counts, text by text, what was found and what was to be found; a found span is right when it overlaps one of its kind. */
export class Tally {
  readonly #counts = new Map<string, Count>();

  add(kinds: readonly string[], found: readonly Labelled[], labelled: readonly Labelled[]): void {
    for (const kind of kinds) {
      const count = this.#of(kind);
      const ours = found.filter((span) => span.kind === kind);
      const theirs = labelled.filter((span) => span.kind === kind);
      count.found += ours.length;
      count.labelled += theirs.length;
      count.right += ours.filter((span) => theirs.some((other) => overlap(span, other) > 0)).length;
      count.met += theirs.filter((span) => ours.some((other) => overlap(span, other) > 0)).length;
    }
  }

  score(kinds: readonly string[]): Score {
    const sum = kinds.map((kind) => this.#of(kind)).reduce(plus, none());
    const precision = share(sum.right, sum.found, 1);
    const recall = share(sum.met, sum.labelled, 1);
    return {
      precision: round(precision),
      recall: round(recall),
      f1: round(share(2 * precision * recall, precision + recall, 0)),
    };
  }

  #of(kind: string): Count {
    const known = this.#counts.get(kind) ?? none();
    this.#counts.set(kind, known);
    return known;
  }
}

/** How many characters two stretches share. */
export function overlap(one: Omit<Labelled, "kind">, other: Omit<Labelled, "kind">): number {
  return Math.max(0, Math.min(one.end, other.end) - Math.max(one.start, other.start));
}

/** How many characters of a stretch lie under any of these, which do not overlap each other. */
export function covered(span: Omit<Labelled, "kind">, by: readonly Labelled[]): number {
  return by.reduce((sum, other) => sum + overlap(span, other), 0);
}

export function share(part: number, whole: number, ofNothing: number): number {
  return whole === 0 ? ofNothing : part / whole;
}

export function round(value: number): number {
  return Math.round(value * 100_000) / 100_000;
}

/** The value under which 95 of 100 lie. */
export function p95(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * 0.95) - 1)] ?? 0;
}

function plus(one: Count, other: Count): Count {
  return {
    found: one.found + other.found,
    right: one.right + other.right,
    labelled: one.labelled + other.labelled,
    met: one.met + other.met,
  };
}
