import { cards } from "./card";
import { emails } from "./email";
import { ibans } from "./iban";
import { ips } from "./ip";
import { nationalIds } from "./national-id";
import { phones } from "./phone";
import { secrets } from "./secret";
import { fold, merge, type Span, type SpanKind } from "./span";

export type { Span, SpanKind } from "./span";

// Where two overlap, the one that must not be kept wins, then the more certain.
const ORDER: readonly SpanKind[] = ["SECRET", "CARD", "IBAN", "EMAIL", "SSN", "IP", "PHONE"];
const DETECTORS = [secrets, cards, ibans, emails, nationalIds, ips, phones];

/** Everything in a text that identifies somebody or opens a door, without overlaps, in order. */
export function detect(text: string): Span[] {
  const folded = fold(text);
  return merge(
    DETECTORS.flatMap((find) => find(folded)),
    ORDER,
  );
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
    default:
      return folded.replaceAll(/[^\p{L}\p{N}]/gu, "").toUpperCase();
  }
}
