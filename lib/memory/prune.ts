import type { RecordedMessage } from "./schema";

/** A message as the cut sees it. */
export type Weighed = { tokens: number; startsTurn: boolean };

/** A cut goes on until what stays is within all of these. */
export type LowMarks = { tokens: number; messages?: number };

/** What a message costs beside its text: the speaker and the separators. */
export const LINE_TOKENS = 4;

/** What a message takes of a prompt. Its text was counted once, when it was recorded. */
export function weigh(message: Pick<RecordedMessage, "tokens">): number {
  return message.tokens + LINE_TOKENS;
}

/** What a tail takes of a prompt. */
export function weighAll(messages: readonly Pick<RecordedMessage, "tokens">[]): number {
  return messages.reduce((sum, message) => sum + weigh(message), 0);
}

/**
 * Where a tail is cut that has grown too long: the index of the first message that stays.
 *
 * Python's rule (langchain_classic summary_buffer.prune): from the front, until what stays is within the limit. Ours
 * differs in two ways, on purpose: a cut is made only between turns, so no answer loses its question and no tool call
 * its result; and the newest turn always stays, however long it is.
 */
export function findCut(items: readonly Weighed[], low: LowMarks): number {
  const messagesMost = low.messages ?? Number.POSITIVE_INFINITY;
  let tokens = items.reduce((sum, item) => sum + item.tokens, 0);
  let cut = 0;
  for (const [index, item] of items.entries()) {
    if (item.startsTurn || index === 0) {
      cut = index;
      if (tokens <= low.tokens && items.length - index <= messagesMost) {
        break;
      }
    }
    tokens -= item.tokens;
  }
  return cut;
}

/**
 * The turns of a tail, oldest first. A turn starts where the customer speaks after somebody else did, and holds all
 * that follows: tool calls, answers, hand-off events. Messages sent in a row are one turn, because one answer covers them.
 */
export function splitTurns<Message extends Pick<RecordedMessage, "role">>(
  messages: readonly Message[],
): Message[][] {
  const turns: Message[][] = [];
  for (const [index, starts] of turnStarts(messages).entries()) {
    const message = messages[index];
    if (!message) {
      continue;
    }
    if (starts || turns.length === 0) {
      turns.push([message]);
    } else {
      turns.at(-1)?.push(message);
    }
  }
  return turns;
}

/** For each message, whether a turn starts with it. */
export function turnStarts(messages: readonly Pick<RecordedMessage, "role">[]): boolean[] {
  let customerSpokeLast = false;
  return messages.map(({ role }) => {
    const starts = role === "customer" && !customerSpokeLast;
    if (role !== "event" && role !== "boundary") {
      customerSpokeLast = role === "customer";
    }
    return starts;
  });
}
