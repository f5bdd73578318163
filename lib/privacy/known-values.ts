import type { PlaceholderKind } from "./schema";

export type KnownValue = { kind: PlaceholderKind; n: number; value: string };

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * What puts placeholders back for values that are known, the longest first, where they stand as words of their own: what
 * an export's restoring has replaced; or something else in their place. Ids stay as they are.
 */
export function replacerOf(
  values: readonly KnownValue[],
  standIn = ({ kind, n }: KnownValue): string => `[${kind}_${n}]`,
): (text: string) => string {
  const placeholders = new Map(values.map((known) => [known.value, standIn(known)]));
  const longestFirst = [...placeholders.keys()]
    .filter((value) => value !== "")
    .sort((a, b) => b.length - a.length);
  if (longestFirst.length === 0) {
    return (text) => text;
  }
  const any = longestFirst.map(escaped).join("|");
  const whole = new RegExp(`(?<![\\p{L}\\p{N}])(?:${any})(?![\\p{L}\\p{N}])`, "gu");
  return (text) =>
    UUID.test(text) ? text : text.replaceAll(whole, (value) => placeholders.get(value) ?? value);
}

function escaped(value: string): string {
  return value.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}
