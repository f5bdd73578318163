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

export type DigitGroup = {
  start: number;
  end: number;
  digits: string;
  /** One space or one hyphen, and nothing else, stands between this group and the one before. */
  isJoined: boolean;
};

/** Groups of digits inside a run, with their places in the whole text. */
export function groupsOf(run: DigitRun): DigitGroup[] {
  const groups: DigitGroup[] = [];
  let before = -1;
  for (const { 0: digits, index } of run.text.matchAll(/\d+/g)) {
    const sign = run.text.charAt(index - 1);
    const isJoined = index === before + 1 && (sign === " " || sign === "-");
    before = index + digits.length;
    groups.push({ start: run.start + index, end: run.start + before, digits, isJoined });
  }
  return groups;
}
