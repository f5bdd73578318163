import { countTokens, trimText } from "@/lib/memory";
import type { SummaryLine } from "@/lib/memory/schema";
import { asRedacted } from "@/lib/privacy";
import type { RedactedText } from "@/lib/privacy/schema";
import { sentencesOf } from "@/lib/sentences";
import { findValues, type SaidValue } from "./find-values";
import { weighSentence } from "./weigh-sentence";

type Sentence = { speaker: string; text: string; weight: number; tokens: number };

const SPEAKERS = /^(Customer|Assistant|Support|Tool|System): (.*)$/s;
/** Of two sentences alike, what was said later is more likely still true. */
const NEWER = 1.15;

/** The line of values that no kept sentence holds. */
const ALSO = "Also: ";
/** That line may take so much of a summary; of a very short one all, because a sentence would hold little else. */
const ALSO_SHARE = 0.5;
const SHORT_TOKENS = 64;
/** A value that the customer said stands for so many that only others said. */
const OWN_VALUE = 3;

/**
 * A summary made of the conversation's own sentences, the densest that fit, in their order; then the names, numbers,
 * times and days that none of them holds. Every value stands exactly as it was said, which is all that later turns
 * need; nothing is put in other words.
 */
export function extractSummary(
  previous: RedactedText | null,
  lines: SummaryLine[],
  tokensMax: number,
): RedactedText {
  const before = (previous ?? "").split("\n").filter((line) => line.trim() !== "");
  const known = before.flatMap(readValues);
  const told = before.filter((line) => !line.startsWith(ALSO)).flatMap((line) => readLine(line, 1));
  const sentences = unique([
    ...told,
    ...lines.flatMap(({ speaker, text }) => toSentences(speaker, text, NEWER)),
  ]);
  const values = rankValues(known, sentences);
  const share = tokensMax <= SHORT_TOKENS ? 1 : ALSO_SHARE;
  const reserved = Math.min(countTokens(writeValues(values)), Math.floor(tokensMax * share));
  const kept = densest(sentences, tokensMax - reserved);
  const text = kept.map(toLine).join("\n");
  const also = fitValues(values, text, tokensMax - countTokens(`${text}\n`));
  const summary = [text, also].filter((part) => part !== "").join("\n");
  const [heaviest] = [...sentences].sort((a, b) => b.weight - a.weight);
  if (summary === "" && heaviest) {
    return trimText(asRedacted(toLine(heaviest)), tokensMax);
  }
  return asRedacted(summary);
}

function densest(sentences: readonly Sentence[], tokensMax: number): Sentence[] {
  const kept = new Set<Sentence>();
  let left = tokensMax;
  for (const sentence of [...sentences].sort((a, b) => b.weight - a.weight)) {
    if (sentence.weight > 0 && sentence.tokens <= left) {
      kept.add(sentence);
      left -= sentence.tokens;
    }
  }
  return sentences.filter((sentence) => kept.has(sentence));
}

/**
 * What was said often and late is what still holds: it was confirmed, or came in the place of another. What the customer
 * said is what they want; an assistant also names what was never taken up. Short ones first.
 */
function rankValues(known: readonly string[], sentences: readonly Sentence[]): string[] {
  const found = findValues(
    sentences.map(({ text }) => text),
    known,
  );
  const own = sentences
    .flatMap(({ speaker, text }) => (speaker === "Customer" ? [text.toLowerCase()] : []))
    .join("\n");
  const worth = ({ text, messages, last }: SaidValue) =>
    ((messages * last) / Math.sqrt(text.length)) *
    (own.includes(text.toLowerCase()) ? OWN_VALUE : 1);
  return found.sort((a, b) => worth(b) - worth(a)).map(({ text }) => text);
}

function fitValues(values: readonly string[], text: string, tokensMax: number): string {
  const kept: string[] = [];
  for (const value of values.filter((each) => !text.includes(each))) {
    if (countTokens(writeValues([...kept, value])) <= tokensMax) {
      kept.push(value);
    }
  }
  return writeValues(kept);
}

function writeValues(values: readonly string[]): string {
  return values.length === 0 ? "" : `${ALSO}${values.join("; ")}`;
}

function readValues(line: string): string[] {
  return line.startsWith(ALSO) ? line.slice(ALSO.length).split("; ") : [];
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
