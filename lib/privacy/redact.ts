import { createHmac } from "node:crypto";
import { Refusal } from "@/lib/errors";
import type { Tx } from "@/lib/storage/schema";
import { detect, normalForm, type Span } from "./detect";
import { PlaceholderKind, type RedactedText, type SubjectKey } from "./schema";
import { sealBytes } from "./seal";
import { numberValues, type VaultValue } from "./store";
import { derive } from "./subject-key";

/**
 * Puts placeholders for what identifies a person, and keeps the values in the customer's vault.
 *
 * The same value has the same placeholder for this customer, also when written by two messages at once: [EMAIL_1].
 * Cards and secrets become [CARD] and [SECRET] and are kept nowhere. Redacting twice changes nothing.
 */
export async function redact(key: SubjectKey, text: string, tx?: Tx): Promise<RedactedText> {
  const spans = detect(text);
  const kept = spans.flatMap((span) => valueOfSpan(key, text, span) ?? []);
  const distinct = [...new Map(kept.map((value) => [value.name, value])).values()];
  const numbers = distinct.length ? await numberValues(key.ownerId, distinct, tx) : [];
  if (!numbers) {
    throw new Refusal("not_found");
  }
  const byName = new Map(distinct.map(({ name }, index) => [name, numbers[index]]));
  return replaceSpans(text, spans, (span) => {
    const value = valueOfSpan(key, text, span);
    return value ? `[${span.kind}_${byName.get(value.name)}]` : `[${span.kind}]`;
  }) as RedactedText;
}

/** Puts [REDACTED], for good, for anything that leaves the customer's scope. */
export function redactPii(text: string): string {
  return replaceSpans(text, detect(text), () => "[REDACTED]");
}

/**
 * Marks text as redacted. Only for text that `redact` made and a store read back, or for constants of ours: anything
 * else must go through `redact`.
 */
export function asRedacted(text: string): RedactedText {
  return text as RedactedText;
}

function valueOfSpan(
  key: SubjectKey,
  text: string,
  span: Span,
): (VaultValue & { name: string }) | null {
  const kind = PlaceholderKind.safeParse(span.kind);
  if (!kind.success) {
    return null;
  }
  const value = text.slice(span.start, span.end);
  const name = `${kind.data}\0${normalForm(kind.data, value)}`;
  return {
    name,
    kind: kind.data,
    mac: Uint8Array.from(createHmac("sha256", derive(key, "vault_mac")).update(name).digest()),
    seal: (rowId) => sealBytes(key, "vault", vaultPlace(rowId), Buffer.from(value, "utf8")),
  };
}

/** Where a vault row's value is sealed. */
export function vaultPlace(rowId: string): { table: string; row: string; column: string } {
  return { table: "Vault", row: rowId, column: "value_sealed" };
}

function replaceSpans(
  text: string,
  spans: readonly Span[],
  replacement: (span: Span) => string,
): string {
  const parts: string[] = [];
  let from = 0;
  for (const span of spans) {
    parts.push(text.slice(from, span.start), replacement(span));
    from = span.end;
  }
  parts.push(text.slice(from));
  return parts.join("");
}
