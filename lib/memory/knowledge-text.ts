import type { Triple } from "./schema";

const DELIMITER = "<|>";
const NOTHING = "NONE";

/**
 * The triples of a model's answer, by the rules of langchain_community's `parse_triples`: `(Sam, owns, dog)<|>(dog, is,
 * old)`; what has not exactly three parts is left out, and "NONE" is none.
 */
export function parseTriples(answer: string): Triple[] {
  const text = answer.trim();
  if (text === "" || text === NOTHING) {
    return [];
  }
  return text.split(DELIMITER).flatMap((part) => {
    const [subject, predicate, object, ...more] = part.trim().split(", ");
    if (
      subject === undefined ||
      predicate === undefined ||
      object === undefined ||
      more.length > 0
    ) {
      return [];
    }
    // By characters, not by halves of them: an emoji in the place of a bracket goes whole.
    const ends = [...object];
    return [
      { subject: [...subject].slice(1).join(""), predicate, object: ends.slice(0, -1).join("") },
    ];
  });
}

/** The entities of a model's answer, by the rules of langchain_community's `get_entities`: a list with commas, or "NONE". */
export function parseEntities(answer: string): string[] {
  return answer.trim() === NOTHING ? [] : answer.split(",").map((name) => name.trim());
}
