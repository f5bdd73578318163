import type { ConversationView, MessageView, ProposalView, StreamEvent } from "./schema";

/** The answer that is being written, as far as it has arrived. */
export type AnswerState = {
  turn: string;
  generation: number;
  text: string;
  /** What the agent is doing, until its first word. */
  status: string | null;
};

export type ChatState = {
  conversation: ConversationView | null;
  /** By seq, each message once. */
  messages: MessageView[];
  /** What the customer is or was asked to confirm, oldest first. */
  proposals: ProposalView[];
  answer: AnswerState | null;
  /** The highest generation seen: events of a lower one come from a writer that lost the conversation. */
  generation: number;
  /** How the newest turn ended; `failed` shows the apology with Retry. */
  outcome: "none" | "running" | "done" | "interrupted" | "cancelled" | "failed";
  notice: { level: "info" | "warning"; text: string } | null;
  /** The other side was writing when this last changed; whoever shows it lets it expire. */
  typing: { by: "customer" | "staff"; beat: number } | null;
  /** False while an admin has switched the AI's answers off: people answer. */
  answersOn: boolean;
  /** A piece of the answer is missing: connect again. The stored message heals it in any case. */
  stale: boolean;
};

export const emptyChat: ChatState = {
  conversation: null,
  messages: [],
  proposals: [],
  answer: null,
  generation: 0,
  outcome: "none",
  notice: null,
  answersOn: true,
  typing: null,
  stale: false,
};

/**
 * The screen after one more event; pure, so that server, browser and tests agree on it.
 *
 * Drops events of a lower generation, begins the answer anew on a higher one, ignores what it has already (repeated or
 * overlapping offsets) and never shows text after a hole: what is shown is always a beginning of the answer.
 */
export function applyEvent(state: ChatState, event: StreamEvent): ChatState {
  switch (event.type) {
    case "snapshot":
      return applySnapshot(state, event);
    case "message":
      return applyMessage(state, event.message);
    case "proposal":
      return { ...state, proposals: withProposal(state.proposals, event.proposal) };
    case "delta":
      return applyDelta(state, event);
    case "status":
      return applyStatus(state, event);
    case "turn":
      return applyTurn(state, event);
    case "conversation":
      return applyConversation(state, event.conversation);
    case "notice":
      return { ...state, notice: { level: event.level, text: event.text } };
    case "answers":
      return { ...state, answersOn: event.on };
    case "typing":
      return { ...state, typing: { by: event.by, beat: (state.typing?.beat ?? 0) + 1 } };
    case "heartbeat":
      return state;
  }
}

type Of<Type extends StreamEvent["type"]> = Extract<StreamEvent, { type: Type }>;

function applySnapshot(state: ChatState, event: Of<"snapshot">): ChatState {
  const answer = event.turn && {
    turn: event.turn.id,
    generation: event.turn.generation,
    text: event.turn.text,
    status: null,
  };
  return {
    ...state,
    conversation: event.conversation,
    messages: event.messages.reduce(withMessage, state.messages),
    proposals: event.proposals,
    answer,
    generation: Math.max(event.conversation.generation, event.turn?.generation ?? 0),
    outcome: answer ? "running" : outcomeAtRest(state.outcome),
    notice: null,
    typing: null,
    stale: false,
  };
}

// The stored answer replaces the streamed one.
function applyMessage(state: ChatState, message: MessageView): ChatState {
  const stored = message.role === "assistant" && message.turnId === state.answer?.turn;
  const messages = withMessage(state.messages, message);
  // Whoever was writing has sent it.
  const typing = state.typing?.by === message.role ? null : state.typing;
  return { ...state, messages, answer: stored ? null : state.answer, typing };
}

/** A snapshot without a running turn: whatever ran is over, and a failure stays on the screen until the next turn. */
function outcomeAtRest(before: ChatState["outcome"]): ChatState["outcome"] {
  return before === "running" ? "none" : before;
}

function applyDelta(state: ChatState, event: Of<"delta">): ChatState {
  const answer = answerOf(state, event);
  if (!answer) {
    return state;
  }
  const held = answer.text.length;
  if (event.offset > held) {
    return { ...state, answer, generation: event.generation, outcome: "running", stale: true };
  }
  const fresh = event.text.slice(held - event.offset);
  if (fresh === "" && state.answer === answer) {
    return state;
  }
  return {
    ...state,
    answer: { ...answer, text: answer.text + fresh, status: null },
    generation: event.generation,
    outcome: "running",
  };
}

function applyStatus(state: ChatState, event: Of<"status">): ChatState {
  const answer = answerOf(state, event);
  if (answer?.text !== "") {
    return state;
  }
  const shown = { ...answer, status: event.text };
  return { ...state, answer: shown, generation: event.generation, outcome: "running" };
}

function applyTurn(state: ChatState, event: Of<"turn">): ChatState {
  if (event.generation < state.generation) {
    return state;
  }
  if (event.state === "running") {
    const answer = answerOf(state, event);
    return { ...state, answer, generation: event.generation, outcome: "running" };
  }
  return { ...state, answer: null, generation: event.generation, outcome: event.state };
}

function applyConversation(state: ChatState, conversation: ConversationView): ChatState {
  if (conversation.generation < state.generation) {
    return state;
  }
  const overtaken = state.answer && conversation.generation > state.answer.generation;
  return {
    ...state,
    conversation: keepSeen(state.conversation, conversation),
    generation: conversation.generation,
    answer: overtaken ? null : state.answer,
  };
}

/** What was seen stays seen: a page that was drawn a moment ago knows less than the stream. */
function keepSeen(before: ConversationView | null, now: ConversationView): ConversationView {
  const seenSeq = Math.max(before?.people.seenSeq ?? 0, now.people.seenSeq);
  return { ...now, people: { ...now.people, seenSeq } };
}

/** The answer that this event speaks of: the held one, a fresh one, or null when the event is outdated. */
function answerOf(
  state: ChatState,
  event: { turn: string; generation: number },
): AnswerState | null {
  if (event.generation < state.generation) {
    return null;
  }
  const { answer } = state;
  if (answer && answer.turn === event.turn && answer.generation === event.generation) {
    return answer;
  }
  return { turn: event.turn, generation: event.generation, text: "", status: null };
}

/** The list with this message in its place by seq; a newer copy of the same message replaces the older one. */
function withMessage(messages: MessageView[], message: MessageView): MessageView[] {
  const others = messages.filter((held) => held.id !== message.id);
  const after = others.findIndex((held) => held.seq > message.seq);
  return after === -1
    ? [...others, message]
    : [...others.slice(0, after), message, ...others.slice(after)];
}

/** What became of a proposal takes the place of what was known of it. */
function withProposal(proposals: ProposalView[], proposal: ProposalView): ProposalView[] {
  const known = proposals.some(({ id }) => id === proposal.id);
  return known
    ? proposals.map((held) => (held.id === proposal.id ? proposal : held))
    : [...proposals, proposal];
}
