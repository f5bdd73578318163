/** A piece of a text in two versions: in both, only in the newer one, or only in the older one. */
export type Piece = { kind: "same" | "added" | "removed"; text: string };
/** A line with its pieces; a line that did not change is one piece. */
export type DifferentLine = { kind: "same" | "added" | "removed" | "changed"; pieces: Piece[] };

/** Beyond this many comparisons a part counts as written anew: an editor's page is not to wait for it. */
const COMPARISONS_MAX = 250_000;
/** Lines around a change that are shown. */
const AROUND = 1;

/** What changed from one text to another, line by line, and word by word where a line was edited. */
export function differenceOf(before: string, after: string): DifferentLine[] {
  const lines = compare(before.split("\n"), after.split("\n"));
  const result: DifferentLine[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const [line, next] = [lines[at], lines[at + 1]];
    if (line?.kind === "removed" && next?.kind === "added" && isEdited(line.text, next.text)) {
      result.push({ kind: "changed", pieces: wordsOf(line.text, next.text) });
      at += 1;
    } else if (line) {
      result.push({ kind: line.kind, pieces: [line] });
    }
  }
  return result;
}

/** The changed lines with one line around each; null stands for what was left out between. */
export function shortened(lines: readonly DifferentLine[]): (DifferentLine | null)[] {
  const near = (at: number) =>
    lines.slice(Math.max(0, at - AROUND), at + AROUND + 1).some(({ kind }) => kind !== "same");
  const shown: (DifferentLine | null)[] = [];
  for (const [at, line] of lines.entries()) {
    if (near(at)) {
      shown.push(line);
    } else if (shown.at(-1) !== null) {
      shown.push(null);
    }
  }
  return lines.every(({ kind }) => kind === "same") ? [] : shown;
}

/** Two lines are one that was edited if they share at least a third of their words. */
function isEdited(before: string, after: string): boolean {
  const words = new Set(before.split(/\s+/));
  const others = after.split(/\s+/);
  const shared = others.filter((word) => words.has(word)).length;
  return shared * 3 >= Math.max(words.size, others.length);
}

function wordsOf(before: string, after: string): Piece[] {
  const joined: Piece[] = [];
  for (const piece of compare(before.split(/(\s+)/), after.split(/(\s+)/))) {
    const last = joined.at(-1);
    if (last?.kind === piece.kind) {
      last.text += piece.text;
    } else {
      joined.push({ ...piece });
    }
  }
  return joined;
}

/** The longest common subsequence of two lists, after what they share at both ends. */
function compare(before: readonly string[], after: readonly string[]): Piece[] {
  const shortest = Math.min(before.length, after.length);
  let head = 0;
  while (head < shortest && before[head] === after[head]) {
    head += 1;
  }
  let tail = 0;
  while (tail < shortest - head && before.at(-1 - tail) === after.at(-1 - tail)) {
    tail += 1;
  }
  return [
    ...before.slice(0, head).map(as("same")),
    ...inside(before.slice(head, before.length - tail), after.slice(head, after.length - tail)),
    ...before.slice(before.length - tail).map(as("same")),
  ];
}

const as =
  (kind: Piece["kind"]) =>
  (text: string): Piece => ({ kind, text });

function inside(before: readonly string[], after: readonly string[]): Piece[] {
  if (before.length * after.length > COMPARISONS_MAX) {
    return [...before.map(as("removed")), ...after.map(as("added"))];
  }
  const common = commonLengths(before, after);
  const pieces: Piece[] = [];
  let [from, to] = [0, 0];
  while (from < before.length || to < after.length) {
    const [old, now] = [before[from], after[to]];
    if (old !== undefined && old === now) {
      pieces.push({ kind: "same", text: old });
      from += 1;
      to += 1;
    } else if (
      old !== undefined &&
      lengthAt(common, from + 1, to) >= lengthAt(common, from, to + 1)
    ) {
      pieces.push({ kind: "removed", text: old });
      from += 1;
    } else {
      pieces.push({ kind: "added", text: now ?? "" });
      to += 1;
    }
  }
  return pieces;
}

/** For each pair of places, how many the rests behind them have in common; one row and column more than either. */
function commonLengths(before: readonly string[], after: readonly string[]): Uint32Array[] {
  const rows = Array.from({ length: before.length + 1 }, () => new Uint32Array(after.length + 1));
  for (let from = before.length - 1; from >= 0; from -= 1) {
    for (let to = after.length - 1; to >= 0; to -= 1) {
      const row = rows[from];
      if (row) {
        row[to] =
          before[from] === after[to]
            ? lengthAt(rows, from + 1, to + 1) + 1
            : Math.max(lengthAt(rows, from + 1, to), lengthAt(rows, from, to + 1));
      }
    }
  }
  return rows;
}

/** Behind the end of the newer text nothing can be added any more, so what is left of the older one was removed. */
function lengthAt(rows: readonly Uint32Array[], from: number, to: number): number {
  return rows[from]?.[to] ?? -1;
}
