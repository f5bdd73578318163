import { asRedacted, detect } from "@/lib/privacy";
import type { RedactedText } from "@/lib/privacy/schema";

/**
 * Puts placeholders as the product does, numbered by first use, and forgets the values with the process: the product's
 * vault is in PostgreSQL, which a measurement does not start.
 */
export class Placeholders {
  readonly #names = new Map<string, string>();
  readonly #counts = new Map<string, number>();

  redact(text: string): RedactedText {
    const parts: string[] = [];
    let from = 0;
    for (const { kind, start, end } of detect(text)) {
      parts.push(text.slice(from, start), this.#nameOf(kind, text.slice(start, end)));
      from = end;
    }
    parts.push(text.slice(from));
    return asRedacted(parts.join(""));
  }

  /** The text with every value put back, in lower case, as values are compared. */
  restore(text: string): string {
    let restored = text.toLowerCase();
    for (const [value, name] of this.#names) {
      restored = restored.replaceAll(name.toLowerCase(), value.slice(value.indexOf("\0") + 1));
    }
    return restored;
  }

  #nameOf(kind: string, value: string): string {
    const key = `${kind}\0${value.toLowerCase()}`;
    const known = this.#names.get(key);
    if (known) {
      return known;
    }
    const count = (this.#counts.get(kind) ?? 0) + 1;
    this.#counts.set(kind, count);
    const name = `[${kind}_${count}]`;
    this.#names.set(key, name);
    return name;
  }
}
