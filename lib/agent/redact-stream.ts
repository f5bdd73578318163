import { asRedacted, redact } from "@/lib/privacy";
import type { RedactedText, SubjectKey } from "@/lib/privacy/schema";

/** What may still grow into an address, a number or a card: the last word, or digits with what may stand between them. */
const UNFINISHED = /(?:\b[A-Z]{2}\d{2}[\dA-Z ]{0,40}|[+(]?\d[\d\s().\-/]{0,40}|\S{1,80})$/;

/** Redacts a text while it is being written: a value split over chunks is held until it is whole. */
export function redactStream(key: SubjectKey): {
  push(chunk: string): Promise<RedactedText>;
  end(): Promise<RedactedText>;
} {
  let pending = "";
  return {
    async push(chunk) {
      pending += chunk;
      const ready = pending.replace(UNFINISHED, "");
      pending = pending.slice(ready.length);
      return ready === "" ? asRedacted("") : await redact(key, ready);
    },
    async end() {
      const rest = pending;
      pending = "";
      return rest === "" ? asRedacted("") : await redact(key, rest);
    },
  };
}
