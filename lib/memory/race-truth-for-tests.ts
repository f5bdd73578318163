import { expect } from "vitest";
import { splitTurns } from "./prune";
import type { RecordedConversationMemory } from "./recorded-conversation-memory";
import type { RecordedMessage } from "./schema";
import { HARD } from "./turn-for-tests";

const tell = ({ seq, text }: RecordedMessage) => `${seq} ${text}`;

/**
 * Nothing lost, doubled or swapped: what is not in the summary is in the tail, word for word, and a summary that lists
 * what it was told lists all that came before, each once and in order. The prompt is within its limit and ends with the
 * newest turn.
 */
export function expectTruth(
  memory: RecordedConversationMemory,
  throughSeq: number,
  recorded: readonly RecordedMessage[],
): void {
  const { state } = memory;
  const known = recorded.filter(({ seq }) => seq <= throughSeq);
  const folded = known.filter(({ seq }) => seq <= state.coveredThrough);
  expect(state.tail.map(tell)).toEqual(known.slice(folded.length).map(tell));
  expect(state.summary ?? "").toBe(folded.map(({ text }) => text.split(" ", 1)[0]).join(" "));
  const block = memory.promptBlock(HARD);
  expect(block.tokens).toBeLessThanOrEqual(HARD);
  const newest = splitTurns(known).at(-1) ?? [];
  expect(block.tail.at(-1)?.seq).toBe(newest.at(-1)?.seq);
}
