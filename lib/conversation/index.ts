import "server-only";

/**
 * The record: conversations, messages, turns, ownership, and the event log that shows them as they happen.
 *
 * PostgreSQL is the truth and every event a hint. Whatever writes to a conversation locks its row first, and every door
 * that takes an id has its owner in the query, so that absent and foreign are both `not_found`.
 */
export { acceptMessage } from "./accept-message";
export { announceReply } from "./announce-reply";
export { type EventWriter, eventWriter } from "./event-writer";
export { importHistory } from "./import-history";
export {
  appendToolMessage,
  checkpointTurn,
  commitTurn,
  failTurn,
  interruptTurn,
  type Started,
  startAnswer,
} from "./store-answer";
export { callRunners, handOverUnanswered, hearTurns, switchAnswers } from "./store-answers";
export { beatTurns } from "./store-beat";
export { hearStop as onStop } from "./store-events";
export { countForCustomer } from "./store-figures";
export { forgetMessages } from "./store-forget";
export { countInbox, listInbox } from "./store-inbox";
export { isRecordAway } from "./store-insist";
export {
  findOwnConversation,
  listOwnConversations,
  markRead,
  rateMessage,
} from "./store-own";
export { assign, handBack, reopen, solve, takeOver } from "./store-ownership";
export { declineOffer, requestPerson, sayWhy, withdrawPerson } from "./store-person";
export { isAway, setAway } from "./store-presence";
export { confirmProposal, declineProposal } from "./store-proposal-decide";
export {
  claimProposal,
  postponeProposal,
  settleProposal,
  sweepProposals,
} from "./store-proposal-run";
export { findOpenQuestion, listOpenQuestions, settleQuestion } from "./store-question";
export { quoteMessages } from "./store-quote";
export { recordBefore, since } from "./store-record";
export { reindexMessages } from "./store-reindex";
export { leaveAddress, removeAddress, removeServed } from "./store-reply-address";
export { findReplyLink, LINK_DAYS, redeemReplyLink } from "./store-reply-link";
export { revealValues } from "./store-reveal";
export { addNote, findForStaff, sendStaffMessage } from "./store-staff";
export { cancelTurn, retryAnswer } from "./store-stop";
export { claimTurn, heartbeatTurn, releaseTurn, sweepTurns } from "./store-turn";
export { noteTyping } from "./store-typing";
export { closeSilent, returnToQueue } from "./store-upkeep";
export { streamConsole, streamConversation } from "./stream";
