import "server-only";

/**
 * One turn of conversation: prompt, model, tools, limits, and the model that answers when no other can.
 *
 * Text of customers, articles and tools is data here, never an instruction, and nothing is said to have been done that
 * no tool confirmed.
 */
export { carryOutSoon, startCarrying, stopCarrying } from "./carry-out-soon";
export { caseSummaryModel } from "./case-summary";
export {
  clearAgentMemory,
  clearLater,
  deleteConversation,
  previewClearing,
  previewDeletion,
} from "./delete-conversation";
export { factFinder } from "./find-facts";
export { tripleFinder } from "./find-triples";
export { writeMemoryBlock } from "./memory-block";
export { modelInUse } from "./model";
export { modelStates } from "./model-states";
export { correctFact, forgetFact, listOwnFacts, type OwnFact } from "./own-facts";
export { readRecord } from "./read-record";
export {
  forgetConversation,
  forgetEdge,
  forgetEverything,
  forgetValue,
  listOwnMemory,
  type RememberedConversation,
} from "./remembered";
export { answererHere, answerSoon, startRunner, stopRunner } from "./runner";
export { summarizer } from "./summarizer";
export { runTurn, type TurnOptions, type TurnResult } from "./turn";
