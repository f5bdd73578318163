/** The plane that shapes are drawn in; the page stretches it, so nothing in it may be round or text. */
export const PLANE = { width: 100, height: 100 } as const;

export type Rect = { x: number; y: number; width: number; height: number };

/** The upper end of an axis: the largest value, rounded up to one of 1, 2 or 5 with zeros; 1 where nothing is above 0. */
export function axisMax(values: readonly (number | null)[]): number {
  const largest = values.reduce<number>((most, value) => Math.max(most, value ?? 0), 0);
  if (largest <= 0) {
    return 1;
  }
  const power = 10 ** Math.floor(Math.log10(largest));
  const step = [1, 2, 5, 10].find((each) => each * power >= largest * (1 - 1e-9)) ?? 10;
  return step * power;
}

/** However few values there are, no bar is wider. */
const BAR_MAX = 6;

/** One rectangle a value, side by side in the middle of the value's slot; series `at` of `of`. Nothing for null and 0. */
export function barsOf(
  values: readonly (number | null)[],
  max: number,
  { at, of }: { at: number; of: number },
): (Rect | null)[] {
  const slot = PLANE.width / Math.max(1, values.length);
  const width = Math.min((slot * 0.7) / of, BAR_MAX);
  return values.map((value, index) => {
    if (!value) {
      return null;
    }
    const height = (value / max) * PLANE.height;
    const x = (index + 0.5) * slot - (of * width) / 2 + at * width;
    return { x, y: PLANE.height - height, width, height };
  });
}

/** A path through the values, broken where one is missing; a value alone is a point. */
export function lineOf(values: readonly (number | null)[], max: number): string {
  const slot = PLANE.width / Math.max(1, values.length);
  let isDrawing = false;
  const steps = values.map((value, index) => {
    if (value === null) {
      isDrawing = false;
      return "";
    }
    const x = (index + 0.5) * slot;
    const y = PLANE.height - (value / max) * PLANE.height;
    // A line of no length with round ends is a point.
    const step = isDrawing ? `L${round(x)} ${round(y)}` : `M${round(x)} ${round(y)}h0`;
    isDrawing = true;
    return step;
  });
  return steps.join("");
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
