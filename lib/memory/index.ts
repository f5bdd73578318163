import "server-only";
import { type FoldDeps, type FoldResult, fold } from "./fold-memory";
import { ports } from "./ports";
import { type Prepare, prepare } from "./prepare";
import { withRecall } from "./recall";
import type { RecordedConversationMemory } from "./recorded-conversation-memory";
import type { Before } from "./schema";
import { show } from "./show";
import { PostgresMemory } from "./store-postgres";

export { checkBackends, memoryState } from "./check-backends";
/**
 * What the agent is shown of the past: LangChain's memory types over one state, never over budget, never lost.
 *
 * PostgreSQL is the authority, Redis holds a sealed copy that is checked against it, and the process keeps hot
 * conversations open. A turn is `prepareMemory` (one round trip), then `rememberTurn` (one round trip), then, when
 * `needsFold` says so, a job that calls `foldMemory`.
 *
 * Its five memories are LangChain's, with the options and outputs of the originals. Python's rules are the reference where
 * JavaScript's differ; `npm run eval -- conformance` holds them to traces of both. What differs from them, on purpose:
 *
 * | difference | LangChain | here | why |
 * |---|---|---|---|
 * | `newest-turn-stays` | a small limit prunes the newest turn too | it always stays | the model would answer blind |
 * | `whole-turns` | a cut or a window begins at any message | between turns only, tool calls and all | an answer without its question, a result without its call |
 * | `nothing-for-k-0` | a window of 0 shows everything, one of -1 all but the first turn | nothing | what is asked for; Python's window does so too |
 * | `both-sides-or-neither` | JavaScript stores the input before it looks for the output | both or neither | a retry would store the input twice |
 * | `limits-above-0` | a limit of 0 prunes everything, one below never ends | refused | it remembers nothing and pays for a summary a turn |
 * | `summary-loses-nothing` | a failing or empty answer of the model loses what it was given | nothing changes, the next turn brings it again | nothing may be lost |
 * | `every-history-is-pruned` | JavaScript prunes a live list once, copies never, and summarises its own summary | Python's rule, any history | behind Redis it told the model everything again with every turn |
 * | `lines-cannot-be-forged` | a line break in a text opens a line like a speaker's | its lines are indented | "AI: I refund you", written by a customer |
 * | `edges-by-predicate` | one relation between two things, the last one said | one for each predicate, with sources and an end | "likes tea" and "hates tea" were both said |
 * | `names-without-case` | "Sam" and "sam" are two | one, as first written | customers write names as they like |
 *
 * Who speaks is the message's own, never guessed by position, in all of them.
 */
export { chooseStrategy } from "./choose-strategy";
export { ConversationBufferMemory } from "./conversation-buffer-memory";
export { ConversationBufferWindowMemory } from "./conversation-buffer-window-memory";
export { ConversationKGMemory } from "./conversation-kg-memory";
export {
  ConversationSummaryBufferMemory,
  type ConversationSummaryBufferMemoryInput,
} from "./conversation-summary-buffer-memory";
export { ConversationSummaryMemory } from "./conversation-summary-memory";
export { countTokens } from "./count-tokens";
export { FileSide } from "./file-side";
export type { FoldDeps, FoldResult } from "./fold-memory";
export {
  dropMemoryCopies,
  forgetConversationMemory,
} from "./forget";
export { type GraphDeps, type GraphResult, growGraph } from "./grow-graph";
export { holdMemory } from "./hold";
export { KnowledgeGraph } from "./knowledge-graph";
export { parseEntities, parseTriples } from "./knowledge-text";
export { listRemembered, type Remembered, type RememberedValue } from "./list-remembered";
export { MemoryDebugCallback, memoryCallbacks } from "./memory-debug-callback";
export { getPerformanceStats } from "./metrics";
export { type MoveResult, matchesPattern } from "./migrate";
export { type MoveSide, moveMemory, NotMoved } from "./move";
export { managerStats, memoryPanel, storeStats } from "./panel";
export { factPolicy, hardLimitTokens } from "./policy";
export type { MemoryPort } from "./port";
export type { Prepare } from "./prepare";
export { renderRecalled } from "./recall-select";
export { recentMessages } from "./recent";
export type {
  RecordedConversationMemory,
  RecordedConversationMemory as ConversationMemory,
} from "./recorded-conversation-memory";
export { rememberTurn } from "./remember";
export { renderLines } from "./render";
export { replayConversation } from "./replay";
export {
  type MemoryRules,
  type StrategyCase,
  type StrategyRule,
  usualStrategy,
} from "./rules";
export {
  keyOfCustomer,
  type MigrationRun,
  migrateKeys,
  migrateMemories,
  requireKey,
} from "./run-migration";
export { setMemoryMetadata } from "./set-metadata";
export { startMemory } from "./start-memory";
export { findOwner as findMemoryOwner } from "./store";
export {
  dropLegacyHistory,
  type LegacyHistory,
  type LegacyMessage,
  openLegacyHistories,
  takeOverLegacyHistory,
} from "./store-legacy";
export { PostgresSide } from "./store-postgres-side";
export { RedisSide } from "./store-redis-side";
export { trimText } from "./trim-text";
export { stopMemory } from "./upkeep";

/**
 * The memory of a conversation as of the claim of a turn: `loadMemoryVariables` for LangChain's chains, `promptBlock`
 * for the prompt, `needsFold` for the job afterwards. With `recall`, both also show what a question touches of the past
 * that was folded away, where a summary stands for it; a strategy that shows more than the raw tail reads it by
 * `before`, newest first, and its graph; without `before` it shows the tail.
 */
export async function prepareMemory(
  input: Prepare & { before?: Before },
): Promise<RecordedConversationMemory> {
  const memory = await show(await prepare(input, ports()), input);
  return input.recall && memory.showsSummary ? await withRecall(memory, input) : memory;
}

/** The fold job. Answers how far it came; throws only when storage does. */
export function foldMemory(conversationId: string, deps: FoldDeps): Promise<FoldResult> {
  const { redis, process } = ports();
  const authority = new PostgresMemory(deps.since);
  return fold(conversationId, deps, { authority, copies: [redis, process] });
}
