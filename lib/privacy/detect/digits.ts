/** A stretch of digits with the signs people put between them: "+49 (30) 1234-567". */
export type DigitRun = { start: number; end: number; text: string; digits: string };

// One digit, then anything of the class: each character is consumed once, so a long text costs one pass.
const RUN = /(?:\+ ?|\(\+?)?\d[\d ()./-]*/g;
const TRAILING = /[ (./-]+$/;

/** Stretches of digits; a run that ends in signs is cut back to its last digit or bracket. */
export function digitRuns(text: string): DigitRun[] {
  const runs: DigitRun[] = [];
  for (const match of text.matchAll(RUN)) {
    const kept = trimEnd(match[0]);
    const digits = kept.replaceAll(/\D/g, "");
    runs.push({ start: match.index, end: match.index + kept.length, text: kept, digits });
  }
  return runs;
}

// Counted by hand: an end-anchored pattern would be tried at every position of a long run of spaces.
function trimEnd(text: string): string {
  let end = text.length;
  while (end > 0 && TRAILING.test(text.charAt(end - 1))) {
    end -= 1;
  }
  return text.slice(0, end);
}

/** Groups of digits inside a run, with their places in the whole text. */
export function groupsOf(run: DigitRun): { start: number; end: number; digits: string }[] {
  return [...run.text.matchAll(/\d+/g)].map((match) => ({
    start: run.start + match.index,
    end: run.start + match.index + match[0].length,
    digits: match[0],
  }));
}
