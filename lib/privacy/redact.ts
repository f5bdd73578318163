import { createHmac } from "node:crypto";
import { Refusal } from "@/lib/errors";
import type { Tx } from "@/lib/storage/schema";
import { detect, normalForm, type Span } from "./detect";
import { blindIndex } from "./index-hash";
import { PlaceholderKind, type RedactedText, type SubjectKey } from "./schema";
import { sealBytes } from "./seal";
import { numberValues, type VaultValue } from "./store";
import { derive } from "./subject-key";

/** One text puts at most this many values into the vault: a model that invents names cannot fill it. */
const VALUES_MAX = 100;

/**
 * Puts placeholders for what identifies a person, and keeps the values in the customer's vault.
 *
 * The same value has the same placeholder for this customer, also when written by two messages at once: [EMAIL_1].
 * Cards and secrets become [CARD] and [SECRET] and are kept nowhere, and so does what is past a hundred values of one
 * text. Redacting twice changes nothing.
 */
export async function redact(key: SubjectKey, text: string, tx?: Tx): Promise<RedactedText> {
  return await redactSpans(key, text, detect(text), tx);
}

/** Puts a whole text into the vault as one value, where it is known what it is: a name typed into a field for it. */
export async function redactAs(
  key: SubjectKey,
  kind: PlaceholderKind,
  text: string,
  tx?: Tx,
): Promise<RedactedText> {
  return await redactSpans(key, text, [{ kind, start: 0, end: text.length }], tx);
}

/**
 * Redacts a text that goes on behind another, which was redacted before: the words before say what its words are
 * ("my name is" and then the name).
 */
export async function redactAfter(
  key: SubjectKey,
  before: string,
  text: string,
): Promise<RedactedText> {
  const from = before.length;
  const spans = detect(before + text)
    .filter(({ end }) => end > from)
    .map(({ kind, start, end }) => ({ kind, start: Math.max(0, start - from), end: end - from }));
  return await redactSpans(key, text, spans);
}

async function redactSpans(
  key: SubjectKey,
  text: string,
  spans: readonly Span[],
  tx?: Tx,
): Promise<RedactedText> {
  const values = spans.map((span) => valueOfSpan(key, text, span));
  const kept = new Map(values.flatMap((value) => (value ? [[value.name, value] as const] : [])));
  const distinct = [...kept.values()].slice(0, VALUES_MAX);
  const numbers = distinct.length ? await numberValues(key.ownerId, distinct, tx) : [];
  if (!numbers) {
    throw new Refusal("not_found");
  }
  const byName = new Map(distinct.map(({ name }, index) => [name, numbers[index]]));
  return replaceSpans(text, spans, ({ kind }, index) => {
    const number = byName.get(values[index]?.name ?? "");
    return number === undefined ? `[${kind}]` : `[${kind}_${number}]`;
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
  return keptValue(key, kind.data, text.slice(span.start, span.end));
}

function keptValue(
  key: SubjectKey,
  kind: PlaceholderKind,
  value: string,
): VaultValue & { name: string } {
  const name = `${kind}\0${normalForm(kind, value)}`;
  return {
    name,
    kind,
    mac: Uint8Array.from(createHmac("sha256", derive(key, "vault_mac")).update(name).digest()),
    seal: (rowId) => sealBytes(key, "vault", vaultPlace(rowId), Buffer.from(value, "utf8")),
    ...indexOf(kind, value),
  };
}

/** A value's sealed columns in the vault, for a row of a known id. */
export function vaultRow(key: SubjectKey, kind: PlaceholderKind, value: string, rowId: string) {
  const { mac, seal } = keptValue(key, kind, value);
  return { mac, sealed: seal(rowId) };
}

const INDEXED: Partial<Record<PlaceholderKind, "email" | "phone" | "name">> = {
  EMAIL: "email",
  PHONE: "phone",
  PERSON: "name",
};

function indexOf(kind: PlaceholderKind, value: string): Pick<VaultValue, "index"> {
  const by = INDEXED[kind];
  return by ? { index: () => ({ kind: by, valueIndex: blindIndex(by, value) }) } : {};
}

/** Where a vault row's value is sealed. */
export function vaultPlace(rowId: string): { table: string; row: string; column: string } {
  return { table: "Vault", row: rowId, column: "value_sealed" };
}

function replaceSpans(
  text: string,
  spans: readonly Span[],
  replacement: (span: Span, index: number) => string,
): string {
  const parts: string[] = [];
  let from = 0;
  for (const [index, span] of spans.entries()) {
    parts.push(text.slice(from, span.start), replacement(span, index));
    from = span.end;
  }
  parts.push(text.slice(from));
  return parts.join("");
}
