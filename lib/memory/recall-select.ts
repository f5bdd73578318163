import { countTokens } from "./count-tokens";
import { renderLines } from "./render";
import type { RecordedMessage } from "./schema";

/** How recalled turns are marked, wherever they are shown. */
export const RECALLED = "Recalled word for word from earlier, with the day it was said:";

/** The colon and the line's end, and what a first word may cost more behind a space. */
const LINE_MARKS = 3;
/** A line such as 2026-05-08: a year takes two tokens, month and day one each, beside dashes and the line's end. */
const DAY_TOKENS = 7;

type Selected = { messages: RecordedMessage[]; tokens: number };

/**
 * The most touched messages that fit, whole, in the order of the conversation. The mark and each day that is named
 * are paid for.
 */
export function selectRecalled(touched: readonly RecordedMessage[], tokensMax: number): Selected {
  if (touched.length === 0) {
    return { messages: [], tokens: 0 };
  }
  const days = new Set<string>();
  const speakers = new Map<string, number>();
  const messages: RecordedMessage[] = [];
  let tokens = countTokens(RECALLED) + 1;
  for (const message of touched) {
    const day = dayOf(message);
    const speaker = speakers.get(message.speaker) ?? countTokens(message.speaker);
    speakers.set(message.speaker, speaker);
    const cost = message.tokens + speaker + LINE_MARKS + (days.has(day) ? 0 : DAY_TOKENS);
    if (tokens + cost <= tokensMax) {
      tokens += cost;
      days.add(day);
      messages.push(message);
    }
  }
  if (messages.length === 0) {
    return { messages, tokens: 0 };
  }
  return { messages: messages.sort((a, b) => a.seq - b.seq), tokens };
}

/** Recalled messages as a prompt shows them: the mark, then each day with what was said on it. */
export function renderRecalled(messages: readonly RecordedMessage[]): string {
  const lines = messages.flatMap((message, at) => {
    const previous = messages[at - 1];
    const isNewDay = !previous || dayOf(previous) !== dayOf(message);
    return [...(isNewDay ? [dayOf(message)] : []), renderLines([message])];
  });
  return [RECALLED, ...lines].join("\n");
}

function dayOf({ createdAt }: RecordedMessage): string {
  return createdAt.slice(0, 10);
}
