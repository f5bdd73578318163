import { after, before, type Detector, type Span } from "./span";

const GROUPED = /(?<![\p{L}\p{N}_#-])(\d{3})([ -])(\d{2})\2(\d{4})(?![\p{L}\p{N}_-])/gu;
const PLAIN = /(?<![\p{L}\p{N}_#.,-])\d{9}(?![\p{L}\p{N}_-]|[.,]\d)/gu;
// United Kingdom: two letters (never D F I Q U V, nor O second), six digits, one of A to D.
const NINO =
  /(?<![\p{L}\p{N}])[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D](?![\p{L}\p{N}])/giu;
const NAMED = /\b(?:ssn|social security|itin|tax ?id|taxpayer|sin number|social insurance)\b/;

/** Social security numbers and their like: by shape where the shape is theirs alone, else by the words around. */
export const nationalIds: Detector = (text) => [
  ...[...text.matchAll(GROUPED)].filter(isIssued).map(toSpan),
  ...[...text.matchAll(PLAIN)].filter((match) => isNamed(text, match)).map(toSpan),
  ...[...text.matchAll(NINO)].map(toSpan),
];

// 000, 666 and zero groups are never issued; 9xx are tax numbers of the same shape.
function isIssued([, area, , group, serial]: RegExpExecArray): boolean {
  return area !== "000" && area !== "666" && group !== "00" && serial !== "0000";
}

function isNamed(text: string, match: RegExpExecArray): boolean {
  const end = match.index + match[0].length;
  return NAMED.test(before(text, match.index)) || NAMED.test(after(text, end));
}

function toSpan(match: RegExpExecArray): Span {
  return { kind: "SSN", start: match.index, end: match.index + match[0].length };
}
