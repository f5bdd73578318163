import { newId } from "@/lib/id";

/** A word that no other text holds, and that no other word is near: one letter for each digit of an id. */
export function newWord(): string {
  const letters = [...newId().replaceAll("-", "")].map(
    (digit) => "bcdfghjklmnpqrtv"[Number.parseInt(digit, 16)],
  );
  return `zq${letters.join("")}`;
}
