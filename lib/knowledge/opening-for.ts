import { slugOf } from "./slug-of";

const TITLE_CHARS_MAX = 120;

/**
 * What an article that answers a question may be called: the question's first sentence that asks, without a customer's
 * values. Whoever writes the article chooses better words.
 */
export function openingFor(question: string): { title: string; slug: string } {
  const plain = question
    .replaceAll(/\[[A-Z]+_\d+\]/g, "…")
    .replaceAll(/\s+/g, " ")
    .trim();
  const sentences = plain.split(/(?<=[.!?])\s+/);
  const asked = sentences.find((sentence) => sentence.endsWith("?")) ?? sentences[0] ?? "";
  const title = asked.slice(0, TITLE_CHARS_MAX).trim();
  return { title, slug: slugOf(title) };
}
