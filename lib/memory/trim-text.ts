import { asRedacted } from "@/lib/privacy";
import type { RedactedText } from "@/lib/privacy/schema";
import { countTokens } from "./count-tokens";

const GAP = " […] ";
const GAP_TOKENS = 4;

/** The beginning and the end of a text in at most `tokensMax` tokens, with a mark where something is left out. */
export function trimText(text: RedactedText, tokensMax: number): RedactedText {
  const total = countTokens(text);
  if (total <= tokensMax) {
    return text;
  }
  if (tokensMax <= GAP_TOKENS) {
    return asRedacted("");
  }
  let chars = Math.floor((text.length * (tokensMax - GAP_TOKENS)) / total);
  for (;;) {
    const trimmed = ends(text, chars);
    if (countTokens(trimmed) <= tokensMax) {
      return asRedacted(trimmed);
    }
    chars = Math.floor(chars * 0.9);
  }
}

// Two thirds of the beginning: a request is mostly said first.
function ends(text: string, chars: number): string {
  const head = Math.ceil((chars * 2) / 3);
  const tail = chars - head;
  return `${whole(text.slice(0, head))}${GAP}${tail > 0 ? whole(text.slice(-tail)) : ""}`.trim();
}

/** Without half an emoji, and without half a placeholder, which nobody could restore. */
function whole(text: string): string {
  return text
    .replace(/^[\uDC00-\uDFFF]|[\uD800-\uDBFF]$/g, "")
    .replace(/^[A-Z_]{0,12}\d{0,6}\]|\[[A-Z]{0,12}_?\d{0,6}$/, "");
}
