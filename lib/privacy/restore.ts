import type { Tx } from "@/lib/storage/schema";
import { vaultPlace } from "./redact";
import { PlaceholderKind, type RedactedText, type SubjectKey } from "./schema";
import { openBytes } from "./seal";
import { findValues, type Numbered } from "./store";

const PLACEHOLDER = new RegExp(`\\[(${PlaceholderKind.options.join("|")})_([1-9]\\d{0,5})\\]`, "g");
// What may still grow into a placeholder when the next chunk comes.
const BEGUN = /\[[A-Z]{0,7}(?:_\d{0,6})?$/;
const PLACEHOLDER_CHARS_MAX = 16;

type Known = Map<string, string | null>;

/** Puts a customer's own values back. A placeholder that the vault does not know stays as it is. */
export async function restore(key: SubjectKey, text: RedactedText, tx?: Tx): Promise<string> {
  return await putBack(key, text, new Map(), tx);
}

/** Puts several texts' values back with one look into the vault, in order. */
export async function restoreAll(
  key: SubjectKey,
  texts: readonly RedactedText[],
  tx?: Tx,
): Promise<string[]> {
  return texts.map(await restorerFor(key, texts, tx));
}

/** What puts values back into parts of these texts, after one look into the vault. */
export async function restorerFor(
  key: SubjectKey,
  texts: readonly string[],
  tx?: Tx,
): Promise<(text: string) => string> {
  const known: Known = new Map();
  await learn(key, texts.join("\n"), known, tx);
  return (text) => replaceKnown(text, known);
}

/** Puts values back while a text streams: a placeholder split over chunks is held until it is whole. */
export function restorer(key: SubjectKey): {
  push(chunk: string): Promise<string>;
  end(): Promise<string>;
} {
  const known: Known = new Map();
  let pending = "";
  return {
    async push(chunk) {
      const text = pending + chunk;
      const cut = BEGUN.exec(text.slice(-PLACEHOLDER_CHARS_MAX));
      const end = cut ? text.length - cut[0].length : text.length;
      pending = text.slice(end);
      return await putBack(key, text.slice(0, end), known);
    },
    async end() {
      const rest = pending;
      pending = "";
      return await putBack(key, rest, known);
    },
  };
}

async function putBack(key: SubjectKey, text: string, known: Known, tx?: Tx): Promise<string> {
  await learn(key, text, known, tx);
  return replaceKnown(text, known);
}

async function learn(key: SubjectKey, text: string, known: Known, tx?: Tx): Promise<void> {
  const wanted = placeholdersOf(text).filter(({ name }) => !known.has(name));
  if (wanted.length === 0) {
    return;
  }
  for (const { name } of wanted) {
    known.set(name, null);
  }
  for (const row of await findValues(key.ownerId, wanted, tx)) {
    const value = openBytes(key, "vault", vaultPlace(row.id), row.valueSealed);
    known.set(`${row.kind}_${row.n}`, value.toString("utf8"));
  }
}

function replaceKnown(text: string, known: Known): string {
  return text.replaceAll(PLACEHOLDER, (whole) => known.get(whole.slice(1, -1)) ?? whole);
}

/** The placeholders in a text, each once. */
export function placeholdersOf(text: string): (Numbered & { name: string })[] {
  const found = [...text.matchAll(PLACEHOLDER)].map(([, kind, n]) => ({
    kind: PlaceholderKind.parse(kind),
    n: Number(n),
    name: `${kind}_${n}`,
  }));
  return [...new Map(found.map((each) => [each.name, each])).values()];
}
