import "server-only";
import { type FoldDeps, type FoldResult, fold } from "./fold-memory";
import { ports } from "./ports";
import { type Prepare, prepare } from "./prepare";
import { withRecall } from "./recall";
import type { RecordedConversationMemory } from "./recorded-conversation-memory";
import { PostgresMemory } from "./store-postgres";

/**
 * What the agent is shown of the past: LangChain's memory types over one state, never over budget, never lost.
 *
 * PostgreSQL is the authority, Redis holds a sealed copy that is checked against it, and the process keeps hot
 * conversations open. A turn is `prepareMemory` (one round trip), then `rememberTurn` (one round trip), then, when
 * `needsFold` says so, a job that calls `foldMemory`.
 */
export {
  ConversationSummaryBufferMemory,
  type ConversationSummaryBufferMemoryInput,
  type SummaryModel,
} from "./conversation-summary-buffer-memory";
export { countTokens } from "./count-tokens";
export type { FoldDeps, FoldResult } from "./fold-memory";
export {
  dropMemoryCopies,
  forgetConversationMemory,
  startMemory,
} from "./forget";
export { listRemembered, type Remembered, type RememberedValue } from "./list-remembered";
export { MemoryDebugCallback, memoryCallbacks } from "./memory-debug-callback";
export { memoryPanel } from "./panel";
export { hardLimitTokens } from "./policy";
export type { MemoryPort } from "./port";
export type { Prepare } from "./prepare";
export { renderRecalled } from "./recall-select";
export type {
  RecordedConversationMemory,
  RecordedConversationMemory as ConversationMemory,
} from "./recorded-conversation-memory";
export { rememberTurn } from "./remember";
export { renderLines } from "./render";
export { replayConversation } from "./replay";
export { dropLegacyHistory, type LegacyMessage, takeOverLegacyHistory } from "./store-legacy";
export { trimText } from "./trim-text";

/**
 * The memory of a conversation as of the claim of a turn: `loadMemoryVariables` for LangChain's chains, `promptBlock`
 * for the prompt, `needsFold` for the job afterwards. With `recall`, both also show what a question touches of the past
 * that was folded away.
 */
export async function prepareMemory(input: Prepare): Promise<RecordedConversationMemory> {
  const memory = await prepare(input, ports());
  return input.recall ? await withRecall(memory, input) : memory;
}

/** The fold job. Answers how far it came; throws only when storage does. */
export function foldMemory(conversationId: string, deps: FoldDeps): Promise<FoldResult> {
  const { redis, process } = ports();
  const authority = new PostgresMemory(deps.since);
  return fold(conversationId, deps, { authority, copies: [redis, process] });
}
