/** The sentences of a text, by its lines and its marks. Linear in the text's length. */
export function sentencesOf(text: string): string[] {
  return text
    .split(/(?<=[.!?…])\s+(?=\p{Lu}|\d|["“(#[])|\n+/u)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== "");
}
