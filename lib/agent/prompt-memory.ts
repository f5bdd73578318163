import { hardLimitTokens, type RecordedConversationMemory } from "@/lib/memory";
import type { PromptBlock, RecordedMessage } from "@/lib/memory/schema";

/** With memory switched off, a conversation can still be followed over so many turns. */
const TURNS_WITHOUT_MEMORY = 5;
/** What is left of the past for a model that could not read all of it. */
const TRIMMED_SHARE = 0.25;
const TRIMMED_TOKENS_MIN = 64;
const TRIMMED_TURNS = 1;

/**
 * What the agent is shown of the past. Where the customer has switched memory off: the newest turns of this conversation
 * as they stand, and neither summary nor exact values, also none from before the switch.
 */
export function promptMemory(
  memory: Pick<RecordedConversationMemory, "promptBlock">,
  memoryOn: boolean,
  { trimmed = false, besideTokens = 0 }: { trimmed?: boolean; besideTokens?: number } = {},
): PromptBlock {
  // What is known from other conversations is memory, too, and shares its limit.
  const limit = hardLimitTokens() - besideTokens;
  const block = memory.promptBlock(
    trimmed ? Math.max(TRIMMED_TOKENS_MIN, Math.ceil(limit * TRIMMED_SHARE)) : limit,
  );
  if (memoryOn) {
    return block;
  }
  const tail = newestTurns(block.tail, trimmed ? TRIMMED_TURNS : TURNS_WITHOUT_MEMORY);
  return {
    summary: null,
    ledger: [],
    recalled: [],
    tail,
    tokens: tail.reduce((sum, message) => sum + message.tokens, 0),
  };
}

/** From the question of the `count`-th last turn on. A turn begins with the first of the customer's messages in a row. */
function newestTurns(tail: readonly RecordedMessage[], count: number): RecordedMessage[] {
  const starts = tail.flatMap(({ role }, at) =>
    role === "customer" && tail[at - 1]?.role !== "customer" ? [at] : [],
  );
  return tail.slice(starts.at(-count) ?? 0);
}
