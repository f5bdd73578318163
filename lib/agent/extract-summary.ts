import { countTokens, trimText } from "@/lib/memory";
import type { SummaryLine } from "@/lib/memory/schema";
import { asRedacted } from "@/lib/privacy";
import type { RedactedText } from "@/lib/privacy/schema";
import { sentencesOf } from "./offline-recall";
import { weighSentence } from "./weigh-sentence";

type Sentence = { speaker: string; text: string; weight: number; tokens: number };

const SPEAKERS = /^(Customer|Assistant|Support|Tool|System): (.*)$/s;
/** Of two sentences alike, what was said later is more likely still true. */
const NEWER = 1.15;

/**
 * A summary made of the conversation's own sentences, the densest that fit, in their order. Every value in it stands
 * exactly as it was said, which is all that later turns need; nothing is put in other words.
 */
export function extractSummary(
  previous: RedactedText | null,
  lines: SummaryLine[],
  tokensMax: number,
): RedactedText {
  const sentences = unique([
    ...(previous ?? "").split("\n").flatMap((line) => readLine(line, 1)),
    ...lines.flatMap(({ speaker, text }) => toSentences(speaker, text, NEWER)),
  ]);
  const kept = new Set<Sentence>();
  let left = tokensMax;
  for (const sentence of [...sentences].sort((a, b) => b.weight - a.weight)) {
    if (sentence.weight > 0 && sentence.tokens <= left) {
      kept.add(sentence);
      left -= sentence.tokens;
    }
  }
  const text = sentences
    .filter((sentence) => kept.has(sentence))
    .map(toLine)
    .join("\n");
  const [heaviest] = [...sentences].sort((a, b) => b.weight - a.weight);
  if (text === "" && heaviest) {
    return trimText(asRedacted(toLine(heaviest)), tokensMax);
  }
  return asRedacted(text);
}

function readLine(line: string, weight: number): Sentence[] {
  const [, speaker, text] = SPEAKERS.exec(line.trim()) ?? [];
  return speaker && text
    ? [toSentence(speaker, text, weight)]
    : toSentences("Customer", line, weight);
}

function toSentences(speaker: string, text: string, factor: number): Sentence[] {
  // A tool's result is data whose gist stands in the answer that was made of it.
  return speaker === "Tool" || speaker === "System"
    ? []
    : sentencesOf(text).map((sentence) => toSentence(speaker, sentence, factor));
}

function toSentence(speaker: string, text: string, factor: number): Sentence {
  const weight = weighSentence(speaker, text) * factor;
  return { speaker, text, weight, tokens: countTokens(`${speaker}: ${text}\n`) };
}

function toLine({ speaker, text }: Sentence): string {
  return `${speaker}: ${text}`;
}

function unique(sentences: Sentence[]): Sentence[] {
  return [
    ...new Map(sentences.map((sentence) => [toLine(sentence).toLowerCase(), sentence])).values(),
  ];
}
