const SENTENCES = new Intl.Segmenter("en", { granularity: "sentence" });

/** The text up to the end of its last whole sentence; where there is none, up to its last whole word. */
export function endAtSentence(text: string): string {
  const whole = text.trimEnd();
  const sentences = [...SENTENCES.segment(whole)].map(({ segment }) => segment);
  const last = sentences.at(-1) ?? "";
  if (/[.!?…。！？]["'”’)\]]*$/u.test(last)) {
    return whole;
  }
  const kept = sentences.slice(0, -1).join("").trimEnd();
  return kept === "" && whole !== "" ? `${whole.replace(/\s+\S*$/u, "")} …` : kept;
}
