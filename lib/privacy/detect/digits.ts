/** A stretch of digits with the signs people put between them: "+49 (30) 1234-567". */
export type DigitRun = { start: number; end: number; text: string; digits: string };

// Groups of digits with one sign between them, a bracket with its space, or a dash with spaces. A full stop ends a run.
const RUN = /(?:\+ ?|\(\+?)?\d+(?:(?:\) ?[-./]?|[-./ ]?\(| ?[-/] ?|[ .])\d+)*\)?/g;

/** Stretches of digits, each read once. */
export function digitRuns(text: string): DigitRun[] {
  return [...text.matchAll(RUN)].map(({ 0: found, index }) => ({
    start: index,
    end: index + found.length,
    text: found,
    digits: found.replaceAll(/\D/g, ""),
  }));
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
