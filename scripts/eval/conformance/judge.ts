import { isDeepStrictEqual } from "node:util";
import { DIFFERENCES, type Difference, type Differences } from "./differences";

/** A trace: what the original gave, and how to get what ours gives and what a model of the original would give. */
export type Trace = {
  id: string;
  /** What was written down of the original; what it does not say is not compared. */
  recorded: unknown;
  /** Null for a class that is none of the five. */
  replay: (() => Promise<unknown>) | null;
  predict: (differences: Differences) => unknown;
  isUnreadable?: true;
};

export type Verdict =
  | { kind: "passed" }
  | { kind: "deliberate"; differences: Difference[] }
  | { kind: "outOfScope" }
  | { kind: "failed"; seen: unknown; recorded: unknown };

/**
 * Passed: ours gives what was recorded. Deliberate: it does not, but a model of the original does, and the same model
 * with the fewest of our named differences put in gives what ours gives, to the letter. Failed: anything else.
 */
export async function judge({ recorded, replay, predict, isUnreadable }: Trace): Promise<Verdict> {
  if (!replay) {
    return { kind: "outOfScope" };
  }
  const seen = await replay();
  if (isUnreadable) {
    return { kind: "failed", seen, recorded };
  }
  if (agrees(seen, recorded)) {
    return { kind: "passed" };
  }
  const differences = agrees(predict(new Set()), recorded) ? explain(seen, predict) : null;
  return differences ? { kind: "deliberate", differences } : { kind: "failed", seen, recorded };
}

function explain(seen: unknown, predict: Trace["predict"]): Difference[] | null {
  const fewestFirst = subsets(DIFFERENCES).sort((a, b) => a.length - b.length);
  return fewestFirst.find((some) => isDeepStrictEqual(predict(new Set(some)), seen)) ?? null;
}

function subsets<Item>(items: readonly Item[]): Item[][] {
  const [first, ...others] = items;
  if (first === undefined) {
    return [[]];
  }
  const without = subsets(others);
  return [...without, ...without.map((some) => [first, ...some])];
}

/** Whether everything that was recorded was seen, in lists of the same length. */
function agrees(seen: unknown, recorded: unknown): boolean {
  if (Array.isArray(recorded)) {
    return (
      Array.isArray(seen) &&
      seen.length === recorded.length &&
      recorded.every((each, index) => agrees(seen[index], each))
    );
  }
  if (typeof recorded === "object" && recorded !== null) {
    return Object.entries(recorded).every(([key, value]) =>
      agrees((seen as Record<string, unknown> | null | undefined)?.[key], value),
    );
  }
  return Object.is(seen, recorded);
}
