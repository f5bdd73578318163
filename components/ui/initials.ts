const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** The first sign of the first and of the last word, whatever script or emoji they are written in. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/u).filter(Boolean);
  const chosen = words.length > 1 ? [words[0], words.at(-1)] : words;
  const signs = chosen.map((word) => firstSign(word ?? ""));
  return signs.join("").toLocaleUpperCase("en") || "?";
}

function firstSign(word: string): string {
  for (const { segment } of graphemes.segment(word)) {
    return segment;
  }
  return "";
}
