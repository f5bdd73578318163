import { asRedacted, redactAfter, redactPii } from "@/lib/privacy";
import type { RedactedText, SubjectKey } from "@/lib/privacy/schema";

/**
 * What may still grow into a name, an address, a number or a card: the last word, with the words with capitals and the
 * digits right before it.
 */
const UNFINISHED =
  /(?:\b[A-Z]{2}\d{2}[\dA-Z ]{0,40}|(?:[+(]?\d[\d\s().\-/]{0,40})?(?:\p{Lu}\S{0,30}\s{1,2}){0,4}\S{0,80})$/u;
/** So much of what was shown before says what the next words are. */
const BEFORE_CHARS = 160;
const PLACEHOLDER = /\[[A-Z]{2,7}_\d{1,6}\]/g;
/** A model that goes on inventing names has them taken away for good. */
const PLACEHOLDERS_MAX = 100;

/** Redacts a text while it is being written: a value split over chunks is held until it is whole. */
export function redactStream(key: SubjectKey): {
  push(chunk: string): Promise<RedactedText>;
  end(): Promise<RedactedText>;
} {
  let before = "";
  let pending = "";
  const seen = new Set<string>();
  const redactNext = async (ready: string): Promise<RedactedText> => {
    if (ready === "") {
      return asRedacted("");
    }
    if (seen.size >= PLACEHOLDERS_MAX) {
      return asRedacted(redactPii(ready));
    }
    const text = await redactAfter(key, before, ready);
    before = (before + ready).slice(-BEFORE_CHARS);
    for (const [placeholder] of text.matchAll(PLACEHOLDER)) {
      seen.add(placeholder);
    }
    return text;
  };
  return {
    async push(chunk) {
      pending += chunk;
      const ready = pending.replace(UNFINISHED, "");
      pending = pending.slice(ready.length);
      return await redactNext(ready);
    },
    async end() {
      const rest = pending;
      pending = "";
      return await redactNext(rest);
    },
  };
}
