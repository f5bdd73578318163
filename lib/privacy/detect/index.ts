import { addresses } from "./address";
import { cards } from "./card";
import { emails } from "./email";
import { foldWord } from "./folded-words";
import { ibans } from "./iban";
import { ips } from "./ip";
import { nationalIds } from "./national-id";
import { persons } from "./person";
import { phones } from "./phone";
import { secrets } from "./secret";
import { fold, merge, type Span, type SpanKind } from "./span";
import { wordsOf } from "./words";

export { isNameByItself } from "./person-lists";
export type { Span, SpanKind } from "./span";

// Where two overlap, the one that must not be kept wins, then the more certain.
const ORDER: readonly SpanKind[] = [
  "SECRET",
  "CARD",
  "IBAN",
  "EMAIL",
  "SSN",
  "IP",
  "PHONE",
  "ADDRESS",
  "PERSON",
];
const DETECTORS = [secrets, cards, ibans, emails, nationalIds, ips, phones];

/** Everything in a text that identifies somebody or opens a door, without overlaps, in order. */
export function detect(text: string): Span[] {
  const folded = fold(text);
  const shaped = merge(
    DETECTORS.flatMap((find) => find(folded)),
    ORDER,
  );
  const words = wordsOf(folded);
  const places = outside(folded, merge(addresses(folded, words), ORDER), shaped);
  const names = outside(folded, persons(folded, words, places), [...shaped, ...places]);
  return merge([...shaped, ...places, ...names], ORDER);
}

/**
 * What the spans leave between the others: what has a shape of its own is no part of a name or a street, and what
 * stands beside it still is one. Remains without a letter are nothing.
 */
function outside(text: string, spans: readonly Span[], others: readonly Span[]): Span[] {
  const sorted = [...others].sort((a, b) => a.start - b.start);
  let at = 0;
  return [...spans]
    .sort((a, b) => a.start - b.start)
    .flatMap(({ kind, start, end }) => {
      const left: Span[] = [];
      let from = start;
      while ((sorted[at]?.end ?? Number.POSITIVE_INFINITY) <= start) {
        at += 1;
      }
      for (let on = at; (sorted[on]?.start ?? end) < end; on += 1) {
        left.push({ kind, start: from, end: sorted[on]?.start ?? end });
        from = sorted[on]?.end ?? end;
      }
      left.push({ kind, start: from, end });
      return left.flatMap((span) => trimmed(text, span));
    });
}

function trimmed(text: string, { kind, start, end }: Span): Span[] {
  const part = text.slice(start, end);
  const kept = part.trim().replace(/^[\s,;:]{1,8}|[\s,;:]{1,8}$/g, "");
  const from = start + part.indexOf(kept);
  return /\p{L}/u.test(kept) ? [{ kind, start: from, end: from + kept.length }] : [];
}

const TITLE = /^(?:(?:mr|mrs|ms|miss|mx|dr|prof|herr|frau|m|mme|sr|sra|sig)\b\.? ?)+(?=.)/;

function plainName(name: string): string {
  const words = foldWord(name)
    .replaceAll(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
  return words.replace(TITLE, "");
}

/** The form under which spellings of one value are the same value. */
export function normalForm(kind: SpanKind, value: string): string {
  const folded = fold(value);
  switch (kind) {
    case "EMAIL":
      return folded.toLowerCase();
    case "IP":
      return folded.toLowerCase();
    case "PHONE":
      return folded.replaceAll(/[^\d+]/g, "");
    case "PERSON":
      return plainName(folded);
    case "ADDRESS":
      return foldWord(folded)
        .replaceAll(/[^\p{L}\p{N}]+/gu, " ")
        .trim();
    default:
      return folded.replaceAll(/[^\p{L}\p{N}]/gu, "").toUpperCase();
  }
}
