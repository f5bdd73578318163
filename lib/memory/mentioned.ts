import { sameName } from "./knowledge-graph";

/** Those of the names that stand in a text as whole words, whatever their case. */
export function mentioned(names: readonly string[], text: string): string[] {
  const words = ` ${wordsOf(text)} `;
  return names.filter((name) => wordsOf(name) !== "" && words.includes(` ${wordsOf(name)} `));
}

function wordsOf(text: string): string {
  return sameName(text.replace(/[^\p{L}\p{N}\p{M}_]+/gu, " "));
}
