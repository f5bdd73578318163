import type { DroppedKind, PlaceholderKind } from "@/lib/privacy/schema";

export type SpanKind = PlaceholderKind | DroppedKind;

/** A stretch of text that identifies somebody. `value` is its normal form, so that spellings share a placeholder. */
export type Span = { kind: SpanKind; start: number; end: number };

/** Every detector reads folded text once and is linear in its length. */
export type Detector = (text: string) => Span[];

const DIGIT_ZEROS = [0x0660, 0x06f0, 0x0966, 0xff10];
const UNUSUAL =
  /[\u00a0\u00ad\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\u2000-\u2015\u202f\u2212\u3000\uff01-\uff5e]/g;

/**
 * The same text with other digits, spaces, dashes and full-width signs written as ASCII.
 * Length and positions stay, so a span found here cuts the original.
 */
export function fold(text: string): string {
  return text.replaceAll(UNUSUAL, (sign) => {
    const code = sign.charCodeAt(0);
    const zero = DIGIT_ZEROS.find((first) => code >= first && code <= first + 9);
    if (zero !== undefined) {
      return String(code - zero);
    }
    if (code >= 0xff01) {
      return String.fromCharCode(code - 0xfee0);
    }
    return (code >= 0x2010 && code <= 0x2015) || code === 0x2212 || code === 0xad ? "-" : " ";
  });
}

const BEFORE_CHARS = 48;

/** The words shortly before a position, lower-case, up to the start of the sentence's neighbourhood. */
export function before(text: string, at: number): string {
  return text.slice(Math.max(0, at - BEFORE_CHARS), at).toLowerCase();
}

/** The words shortly after a position. */
export function after(text: string, at: number): string {
  return text.slice(at, at + BEFORE_CHARS / 2).toLowerCase();
}

/** Where a pattern was last seen, or -1: the nearest word decides what a number is. */
export function lastIndexOfPattern(text: string, pattern: RegExp): number {
  let last = -1;
  for (const match of text.matchAll(pattern)) {
    last = match.index;
  }
  return last;
}

/** Spans without overlap: overlapping ones become one, of the kind that stands first in `order`. */
export function merge(spans: readonly Span[], order: readonly SpanKind[]): Span[] {
  const sorted = [...spans].sort((a, b) => a.start - b.start || b.end - a.end);
  const merged: Span[] = [];
  for (const span of sorted) {
    const last = merged.at(-1);
    if (!last || span.start >= last.end) {
      merged.push({ ...span });
      continue;
    }
    last.end = Math.max(last.end, span.end);
    if (order.indexOf(span.kind) < order.indexOf(last.kind)) {
      last.kind = span.kind;
    }
  }
  return merged;
}
