import { countTokens } from "./count-tokens";
import { LINE_TOKENS, splitTurns, weigh, weighAll } from "./prune";
import type { LedgerItem, MemoryState, PromptBlock, RecordedMessage } from "./schema";
import { trimText } from "./trim-text";

const WORTH_SHOWING_TOKENS = 16;

type Source = Pick<MemoryState, "summary" | "summaryTokens" | "ledger" | "tail">;

/**
 * The past as it enters the prompt, in at most `tokensMax` tokens whatever happened to the folding.
 *
 * The newest turn comes first, shortened only if it alone is over the limit; then what was folded away (summary and
 * exact values), because nothing else tells of it; then older turns, newest first, whole.
 */
export function promptBlock(state: Source, tokensMax: number): PromptBlock {
  if (!(tokensMax >= LINE_TOKENS + WORTH_SHOWING_TOKENS)) {
    throw new RangeError(`A hard limit of ${tokensMax} tokens holds no message`);
  }
  const turns = splitTurns(state.tail);
  const newest = fitTurn(turns.pop() ?? [], tokensMax);
  let left = tokensMax - weighAll(newest);
  const summary = fitSummary(state, left);
  left -= summary.tokens;
  const ledger = fitLedger(state.ledger, left);
  left -= ledger.tokens;
  const older = fitTurns(turns, left);
  left -= weighAll(older);
  return {
    summary: summary.text,
    ledger: ledger.items,
    tail: [...older, ...newest],
    tokens: tokensMax - left,
  };
}

function fitSummary({ summary, summaryTokens }: Source, left: number) {
  if (!summary || left < LINE_TOKENS + WORTH_SHOWING_TOKENS) {
    return { text: null, tokens: 0 };
  }
  const room = left - LINE_TOKENS;
  if (summaryTokens <= room) {
    return { text: summary, tokens: summaryTokens + LINE_TOKENS };
  }
  const text = trimText(summary, room);
  return { text, tokens: countTokens(text) + LINE_TOKENS };
}

/** The newest values first when not all fit; shown in the order of the conversation. */
function fitLedger(items: readonly LedgerItem[], left: number) {
  const kept: LedgerItem[] = [];
  let tokens = 0;
  for (const item of [...items].sort((a, b) => b.seq - a.seq)) {
    const cost = countTokens(item.value) + LINE_TOKENS;
    if (tokens + cost > left) {
      break;
    }
    tokens += cost;
    kept.push(item);
  }
  return { items: kept.reverse(), tokens };
}

function fitTurns(turns: readonly RecordedMessage[][], left: number): RecordedMessage[] {
  let room = left;
  let first = turns.length;
  while (first > 0) {
    const cost = weighAll(turns[first - 1] ?? []);
    if (cost > room) {
      break;
    }
    room -= cost;
    first -= 1;
  }
  return turns.slice(first).flat();
}

/** The newest turn within the limit: long texts give way before short ones, and old messages before new ones. */
function fitTurn(turn: readonly RecordedMessage[], tokensMax: number): RecordedMessage[] {
  if (weighAll(turn) <= tokensMax) {
    return [...turn];
  }
  const most = Math.max(1, Math.floor(tokensMax / (LINE_TOKENS + WORTH_SHOWING_TOKENS)));
  const kept = turn.slice(-most);
  const cap = levelFor(kept.map(weigh), tokensMax);
  return kept.map((message) => {
    if (weigh(message) <= cap) {
      return message;
    }
    const text = trimText(message.text, Math.max(0, cap - LINE_TOKENS));
    return { ...message, text, tokens: countTokens(text) };
  });
}

/** The level at which cutting every larger one down makes the sum fit. */
function levelFor(costs: readonly number[], sumMax: number): number {
  let left = sumMax;
  const ascending = [...costs].sort((a, b) => a - b);
  for (const [index, cost] of ascending.entries()) {
    const share = Math.floor(left / (ascending.length - index));
    if (cost > share) {
      return share;
    }
    left -= cost;
  }
  return sumMax;
}
