import { once } from "@/lib/once";
import { countTokens } from "./count-tokens";
import { policy } from "./policy";
import { LINE_TOKENS, splitTurns, weigh, weighAll } from "./prune";
import { selectRecalled } from "./recall-select";
import type { LedgerItem, MemoryState, PromptBlock, RecordedMessage } from "./schema";
import { trimText } from "./trim-text";

const WORTH_SHOWING_TOKENS = 16;
/** The marks around what was folded away, as the prompt writes them. */
export const FRAME_TOKENS = 20;
/** Recall leaves one part in so many to what was folded away, and one to the turns before the newest. */
const RESERVED = 8;

type Source = Pick<MemoryState, "summary" | "summaryTokens" | "ledger" | "tail">;

/**
 * The past as it enters the prompt, in at most `tokensMax` tokens whatever happened to the folding.
 *
 * The newest turn comes first, shortened only if it alone is over the limit; then what the question touches of the
 * folded past, given the most touched first, in at most three quarters; then what was folded away (summary and exact
 * values), because nothing else tells of it; then older turns, newest first, whole. Recall leaves an eighth of the
 * limit to what was folded and an eighth to the turns before this one, as far as they need it.
 */
export function promptBlock(
  state: Source,
  tokensMax: number,
  touched: readonly RecordedMessage[] = [],
): PromptBlock {
  if (!(tokensMax >= LINE_TOKENS + WORTH_SHOWING_TOKENS)) {
    throw new RangeError(`A hard limit of ${tokensMax} tokens holds no message`);
  }
  const turns = splitTurns(state.tail);
  const newest = fitTurn(turns.pop() ?? [], tokensMax);
  const left = tokensMax - weighAll(newest);
  const share = Math.floor(tokensMax / RESERVED);
  const ledger = state.ledger.map((item) => ({ item, cost: costOf(item) }));
  const folded = summaryCost(state) + ledger.reduce((sum, { cost }) => sum + cost, 0);
  const frame = folded > 0 || touched.length > 0 ? FRAME_TOKENS : 0;
  // Where not even the marks fit, nothing is shown between them.
  let room = Math.max(0, left - frame);
  const reserved = weighAll(fitTurns(turns, Math.min(share, room)));
  const recalled = selectRecalled(
    touched,
    Math.min(policy.recallTokensMax, room - reserved - Math.min(share, folded)),
  );
  room -= recalled.tokens;
  const isTight = recalled.tokens > 0;
  const fitted = fitFolded({ state, ledger }, room - (isTight ? reserved : 0), isTight);
  room -= fitted.tokens;
  const isFramed = isTight || fitted.tokens > 0;
  room = isFramed ? room : left;
  const older = fitTurns(turns, room);
  room -= weighAll(older);
  return {
    summary: fitted.summary,
    ledger: fitted.ledger,
    recalled: recalled.messages,
    tail: [...older, ...newest],
    tokens: tokensMax - room,
  };
}

/** Counted once for each item: a hot conversation shows the same ones turn after turn. */
function costOf(item: LedgerItem): number {
  const counted = once("memory.ledgerTokens", () => new WeakMap<LedgerItem, number>());
  const cost = counted.get(item) ?? countTokens(item.value) + LINE_TOKENS;
  counted.set(item, cost);
  return cost;
}

type Valued = { item: LedgerItem; cost: number };
type Folded = { state: Source; ledger: readonly Valued[] };

/** Summary and exact values. Where recall leaves little room, half of it is for the values, which are short and exact. */
function fitFolded({ state, ledger }: Folded, room: number, isTight: boolean) {
  const early = isTight ? fitLedger(ledger, Math.floor(room / 2)).tokens : 0;
  const summary = fitSummary(state, room - early);
  const values = fitLedger(ledger, room - summary.tokens);
  return {
    summary: summary.text,
    ledger: values.items,
    tokens: summary.tokens + values.tokens,
  };
}

function summaryCost({ summary, summaryTokens }: Source): number {
  return summary ? summaryTokens + LINE_TOKENS : 0;
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
function fitLedger(values: readonly Valued[], left: number) {
  const kept: LedgerItem[] = [];
  let tokens = 0;
  for (const { item, cost } of [...values].sort((a, b) => b.item.seq - a.item.seq)) {
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
