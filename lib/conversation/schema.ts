import { z } from "zod";
import type { RedactedText } from "@/lib/privacy/schema";
import { Calls, PeopleView, TypingBy } from "./schema-people";
import { ProposalView } from "./schema-proposal";

export { type AnswerState, applyEvent, type ChatState, emptyChat } from "./apply-event";
export type { CustomerFigures } from "./schema-figures";
export {
  type Calls,
  CustomerWhy,
  type PeopleView,
  type QueueView,
  StaffWhy,
} from "./schema-people";
export {
  type ClaimedProposal,
  effectCallId,
  isEffectCall,
  type NewProposal,
  ProposalCard,
  type ProposalState,
  ProposalView,
} from "./schema-proposal";
export { RevealReason, revealReasons } from "./schema-reveal";

/** The longest message a customer or a lead may send, in UTF-16 units (what a textarea's maxLength counts). */
export const MESSAGE_LENGTH_MAX = 8000;

export const ConversationStatus = z.enum(["open", "waiting", "with_person", "solved"]);
export type ConversationStatus = z.infer<typeof ConversationStatus>;

/** AI: the agent answers. HUMAN: a lead does. NONE: somebody waits for a person, and the agent is silent. */
export const ConversationOwner = z.enum(["AI", "HUMAN", "NONE"]);
export type ConversationOwner = z.infer<typeof ConversationOwner>;

export const MessageRole = z.enum([
  "customer",
  "assistant",
  "staff",
  "tool",
  "boundary",
  "event",
  "note",
]);
export type MessageRole = z.infer<typeof MessageRole>;

export const Source = z.object({
  kind: z.enum(["article", "order"]),
  id: z.string(),
  title: z.string(),
  href: z.string(),
  /** Of an article: which version, and the places of the passages in it that the answer was given from. */
  cited: z
    .object({ version: z.number().int(), ordinals: z.array(z.number().int()).min(1).max(9) })
    .optional(),
});
export type Source = z.infer<typeof Source>;

/** A message as a screen shows it. A customer is never given a note or a tool call; `boundary` and `event` are lines of ours. */
export const MessageView = z.object({
  id: z.uuid(),
  seq: z.number().int(),
  role: MessageRole,
  state: z.enum(["final", "interrupted"]),
  text: z.string(),
  /** Who wrote it, where a member of staff did. */
  authorName: z.string().optional(),
  createdAt: z.iso.datetime(),
  rating: z.union([z.literal(1), z.literal(-1)]).optional(),
  sources: z.array(Source).optional(),
  turnId: z.uuid().optional(),
  /** The customer had the agent forget it. */
  forgotten: z.boolean().optional(),
});
export type MessageView = z.infer<typeof MessageView>;

export const ConversationView = z.object({
  id: z.uuid(),
  status: ConversationStatus,
  owner: ConversationOwner,
  /** The beginning of the first message. */
  title: z.string().nullable(),
  generation: z.number().int(),
  lastSeq: z.number().int(),
  waitingSince: z.iso.datetime().nullable(),
  lastMessageAt: z.iso.datetime(),
  createdAt: z.iso.datetime(),
  /** The reader (customer or staff) has not seen the newest message yet. */
  unread: z.boolean(),
  people: PeopleView,
});
export type ConversationView = z.infer<typeof ConversationView>;

/** A page of a list; `next` is the cursor of the following page, or null at the end. */
export type Page<Row> = { rows: Row[]; next: string | null };

export const InboxFilter = z.enum([
  "all",
  "waiting",
  "with_person",
  "open",
  "solved",
  "mine",
  "unassigned",
  "thumbs_down",
  "unreviewed",
]);
export type InboxFilter = z.infer<typeof InboxFilter>;

/** How many conversations each filter holds, and how many wait unread. */
export const InboxCounts = z.object({
  ...Object.fromEntries(InboxFilter.options.map((name) => [name, z.number().int()])),
  unread: z.number().int(),
} as Record<InboxFilter | "unread", z.ZodInt>);
export type InboxCounts = Record<InboxFilter | "unread", number>;

/** A question that no article answered, in placeholder form. */
export type OpenQuestion = {
  id: string;
  conversationId: string;
  text: RedactedText;
  askedAt: string;
  /** A person wrote in that conversation afterwards. */
  answeredByPerson: boolean;
};

/** A row of the leads' inbox. The page adds names and the summary's line from their rooms. */
export type InboxRow = ConversationView & {
  customerId: string;
  /** The customer's only name where no key is used. */
  anonymizedUser: string;
  assigneeId: string | null;
  handOffReason: string | null;
  /** What the customer or the lead said about it, if they did. */
  handOffWhy: string | null;
  /** The customer left an address at which an answer is announced. */
  addressLeft: boolean;
  thumbsDown: number;
  summaryReviewed: boolean;
  /** Nothing of it can be opened right now; the operators have been told. */
  keyMissing?: true;
};

/** A conversation opened by a lead. `restored` says that values stand in the text, which only its owner sees. */
export type StaffConversation = {
  conversation: InboxRow;
  messages: MessageView[];
  proposals: ProposalView[];
  restored: boolean;
};

export type OwnConversation = {
  conversation: ConversationView;
  messages: MessageView[];
  proposals: ProposalView[];
};

export type Accepted = {
  conversationId: string;
  message: MessageView;
  /** The turn that will answer it; null while a person owns the conversation. */
  turnId: string | null;
  /** False when the same message had been accepted before. */
  created: boolean;
};

/** A turn that this runner holds: what the claim read, under the lock, from PostgreSQL. */
export type ClaimedTurn = {
  id: string;
  conversationId: string;
  customerId: string;
  runnerId: string;
  /** Whoever writes under a lower one is a zombie. */
  generation: number;
  attempt: number;
  /** The last message to answer. */
  throughSeq: number;
  /** The highest seq given out in the conversation. */
  lastSeq: number;
  /** Talk before this seq belongs to an earlier ownership; a hand-off asked for there is history. */
  boundarySeq: number;
  memoryVersion: number;
  keyEpoch: number;
  customerState: "active" | "restricted" | "erasing" | "erased";
  memoryOn: boolean;
  cancelRequested: boolean;
  answerSeq?: number;
  answerId?: string;
  checkpoint?: RedactedText;
  /** All messages after a seq, where the claim itself has stored them and they need not be read again. */
  stored?: { after: number; messages: RecordedMessage[] };
};

/** Who answers messages in this process. */
export type Answerer = {
  /** Under this name the answerer takes a turn in the transaction that makes it; null while they have no room for one. */
  runnerId: string | null;
  /**
   * Begins a turn that is theirs while it is on its way to the disk; nothing may be stored or shown of it before
   * `committed` resolves, and nothing at all once it rejects. Does not wait for it.
   */
  begin(turn: ClaimedTurn, committed: Promise<void>): void;
  /** Takes the turn of this id as soon as they can. Does not wait for it. */
  answer(turnId: string): void;
};

/** A message as memory and agent read it: the placeholder form. */
export type RecordedMessage = {
  id: string;
  seq: number;
  role: Exclude<MessageRole, "note">;
  state: "final" | "interrupted";
  text: RedactedText;
  tokens: number;
  createdAt: Date;
  /** "Customer", "Assistant", "Support", "Tool" or "System". */
  speaker: string;
  /** Present on a tool message, whose text is the result. */
  tool?: ToolCall;
};

export const ToolCall = z.object({ callId: z.string(), name: z.string(), args: z.string() });
export type ToolCall = z.infer<typeof ToolCall>;

/** What is kept about a message, sealed. Personal values only as placeholders. */
export const AnswerMeta = z.object({
  sources: z.array(Source).optional(),
  model: z.string().optional(),
  promptTokens: z.number().optional(),
  completionTokens: z.number().optional(),
  costMicros: z.number().optional(),
  firstTokenMs: z.number().optional(),
  totalMs: z.number().optional(),
  /** Why another than the configured model answered: a code. */
  fallback: z.string().optional(),
  /** The built-in model answered because every configured one failed: for the customer, no real answer. */
  builtIn: z.boolean().optional(),
  toolCalls: z.array(z.string()).optional(),
});
export type AnswerMeta = z.infer<typeof AnswerMeta>;

/** Why a person is asked for. */
export const HandOffReason = z.enum([
  "customer_asked",
  "agent_unsure",
  "staff_took_over",
  "staff_returned",
  "answers_failed",
  "safety",
  "effect_uncertain",
  "answers_off",
]);

/** Why an admin switches the AI's answers off or on. */
export const SwitchReason = z.enum(["maintenance", "wrong_answers", "model_trouble", "staffing"]);
export type SwitchReason = z.infer<typeof SwitchReason>;
export type HandOffReason = z.infer<typeof HandOffReason>;

export const TurnOutcome = z.enum(["running", "done", "interrupted", "cancelled", "failed"]);
export type TurnOutcome = z.infer<typeof TurnOutcome>;

const generation = z.number().int();

/** What flows to a browser, as JSON over SSE. `offset` counts UTF-16 units of the answer as this reader sees it. */
export const StreamEvent = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("snapshot"),
    conversation: ConversationView,
    /** The messages after the seq that the client named. */
    messages: z.array(MessageView),
    proposals: z.array(ProposalView),
    turn: z
      .object({ id: z.uuid(), generation, text: z.string(), offset: z.number().int() })
      .nullable(),
  }),
  z.object({ type: z.literal("message"), message: MessageView }),
  z.object({ type: z.literal("proposal"), proposal: ProposalView }),
  z.object({
    type: z.literal("delta"),
    turn: z.uuid(),
    generation,
    offset: z.number().int(),
    text: z.string(),
  }),
  z.object({
    type: z.literal("turn"),
    turn: z.uuid(),
    generation,
    state: TurnOutcome,
    /** The stored message that replaces the streamed text. */
    messageId: z.uuid().optional(),
  }),
  /** What the agent is doing before its first word, such as "Looking up your order". */
  z.object({ type: z.literal("status"), turn: z.uuid(), generation, text: z.string() }),
  z.object({ type: z.literal("conversation"), conversation: ConversationView }),
  z.object({ type: z.literal("notice"), level: z.enum(["info", "warning"]), text: z.string() }),
  /** The other side is writing at this moment. Said again every few seconds while it lasts. */
  z.object({ type: z.literal("typing"), by: TypingBy }),
  /** Whether the AI answers at all, or people do. */
  z.object({ type: z.literal("answers"), on: z.boolean() }),
  z.object({ type: z.literal("heartbeat") }),
]);
export type StreamEvent = z.infer<typeof StreamEvent>;

/** What flows to a lead's console: the inbox's counts, a hint to reload its rows, and the open conversation's events. */
export const ConsoleEvent = z.discriminatedUnion("type", [
  z.object({ type: z.literal("counts"), counts: InboxCounts }),
  z.object({ type: z.literal("inbox") }),
  z.object({ type: z.literal("calls"), calls: Calls }),
  z.object({ type: z.literal("open"), event: StreamEvent }),
  z.object({ type: z.literal("heartbeat") }),
]);
export type ConsoleEvent = z.infer<typeof ConsoleEvent>;
