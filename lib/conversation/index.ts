import "server-only";

/**
 * The record: conversations, messages, turns, ownership, and the event log that shows them as they happen.
 *
 * PostgreSQL is the truth and every event a hint. Whatever writes to a conversation locks its row first, and every door
 * that takes an id has its owner in the query, so that absent and foreign are both `not_found`.
 */
export { acceptMessage } from "./accept-message";
export { type EventWriter, eventWriter } from "./event-writer";
export {
  appendToolMessage,
  checkpointTurn,
  commitTurn,
  failTurn,
  interruptTurn,
  startAnswer,
} from "./store-answer";
export { dropEvents, hearStop as onStop } from "./store-events";
export { recordBefore, since } from "./store-record";
export { cancelTurn, retryTurn } from "./store-stop";
export { claimTurn, heartbeatTurn, releaseTurn, sweepTurns } from "./store-turn";
