import { hash } from "node:crypto";

/**
 * What one reader has been told, by id. Kept as fingerprints: a stream may stand open for days, and the messages
 * themselves would stand in memory with it.
 */
export class Told {
  readonly #forms = new Map<string, string>();

  /** Whether the reader knows this otherwise, or not at all; from here on they know it so. */
  differs(id: string, what: unknown): boolean {
    const form = hash("sha1", JSON.stringify(what), "base64");
    const differs = this.#forms.get(id) !== form;
    this.#forms.set(id, form);
    return differs;
  }

  forget(): void {
    this.#forms.clear();
  }
}
