import { z } from "zod";
import type { RedactedText } from "@/lib/privacy/schema";
import type { Statement } from "@/lib/statement";

/** Text in placeholder form; the brand is given where it was read from a sealed column or made by redact(). */
const Redacted = z.custom<RedactedText>((value) => typeof value === "string", "must be text");

/** Who may stand in what the agent is shown. Internal notes are not in this list: they never enter a prompt. */
export const RecordedRole = z.enum(["customer", "assistant", "staff", "tool", "boundary", "event"]);
export type RecordedRole = z.infer<typeof RecordedRole>;

/** A message as the record gives it to memory, in placeholder form. `speaker` is stored, never guessed by position. */
export const RecordedMessage = z.object({
  id: z.string().min(1),
  seq: z.number().int().positive(),
  role: RecordedRole,
  speaker: z.string(),
  text: Redacted,
  tokens: z.number().int().nonnegative(),
  createdAt: z.iso.datetime(),
});
export type RecordedMessage = z.infer<typeof RecordedMessage>;

/** An exact value that a summary must not blur, with the message it came from. */
export const LedgerItem = z.object({
  kind: z.enum(["order", "amount", "date", "name", "placeholder"]),
  value: Redacted,
  seq: z.number().int().positive(),
});
export type LedgerItem = z.infer<typeof LedgerItem>;

/** Where a copy of the memory stands; PostgreSQL's own stamp comes with the claim of a turn. */
export const MemoryStamp = z.object({
  version: z.number().int().nonnegative(),
  lastSeq: z.number().int().nonnegative(),
});
export type MemoryStamp = z.infer<typeof MemoryStamp>;

/** Which view of the state the agent is shown: chosen per deployment, and for a conversation by an admin. */
export const MemoryStrategy = z.enum([
  "buffer",
  "buffer_window",
  "summary",
  "summary_buffer",
  "kg",
]);
export type MemoryStrategy = z.infer<typeof MemoryStrategy>;

/** What was folded away, and what the caller keeps beside it: all of a state but its stamp and its raw tail. */
export const MemoryHead = z.object({
  coveredThrough: z.number().int().nonnegative(),
  summary: Redacted.nullable(),
  summaryTokens: z.number().int().nonnegative(),
  ledger: z.array(LedgerItem),
  metadata: z.record(z.string(), z.unknown()).nullable(),
  /** Null follows the deployment; so does a name that this version of the code does not know. */
  strategy: MemoryStrategy.nullable().catch(null),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});
export type MemoryHead = z.infer<typeof MemoryHead>;

/** The one state that every strategy is a view of. */
export const MemoryState = MemoryHead.extend({
  ...MemoryStamp.shape,
  tail: z.array(RecordedMessage),
});
export type MemoryState = z.infer<typeof MemoryState>;

/** What prompt assembly gets: never more tokens than the hard limit, and always the newest turn. */
export type PromptBlock = {
  summary: RedactedText | null;
  ledger: LedgerItem[];
  /** Messages that were folded away and come back because the question touches them, oldest first. */
  recalled: RecordedMessage[];
  tail: RecordedMessage[];
  tokens: number;
};

/** Finds what was folded away: the messages that a question touches, the most touched first. */
export type Recall = (question: string) => RecordedMessage[];

/** One line for the summariser. */
export type SummaryLine = { speaker: string; text: RedactedText };

/** Joins older lines to the previous summary, in at most `tokensMax` tokens. */
export type Summarizer = (
  previous: RedactedText | null,
  lines: SummaryLine[],
  tokensMax: number,
) => Promise<RedactedText>;

/** Who, what relation, to what. Names as they were written. */
export type Triple = { subject: string; predicate: string; object: string };

/** A relation with its history: what said it, since when it holds, and until when, if it ended. */
export const KnowledgeEdge = z.object({
  subject: z.string(),
  predicate: z.string(),
  object: z.string(),
  /** Ids of the messages that said so, oldest first. */
  sources: z.array(z.string()),
  /** ISO time, or null where nobody told. */
  since: z.string().nullable(),
  until: z.string().nullable(),
});
export type KnowledgeEdge = z.infer<typeof KnowledgeEdge>;

/** What a customer's line states or takes back; the lines before it tell what its words stand for. */
export type TripleFinder = (before: SummaryLine[], line: SummaryLine) => Promise<Statement[]>;

/** Reads the record before a seq, newest first; a page. */
export type Before = (seq: number) => Promise<RecordedMessage[]>;

/** A conversation whose memory is shown by another strategy than the deployment's. */
export type StrategyOverride = { conversationId: string; strategy: MemoryStrategy };

/** Reads the record after a seq, oldest first: final and interrupted messages, no notes, none forgotten; a page or all. */
export type Since = (seq: number) => Promise<RecordedMessage[]>;

/** The same reading for a job, which knows the conversation only: memory looks its owner up first. */
export type SinceOf = (
  conversationId: string,
  customer: { id: string; keyEpoch: number },
  seq: number,
  options: { limit: number },
) => Promise<RecordedMessage[]>;

/** One operation of the memory; the last 1,000 are kept in the process. */
export type MemoryMetric = {
  timestamp: string;
  conversationId: string;
  tokenCount: number;
  processingTimeMs: number;
  memoryType: string;
  cacheHit: boolean;
  error: string | null;
};

/** `{}` without data; failed operations are left out of the times. */
export type PerformanceStats =
  | Record<string, never>
  | {
      totalOperations: number;
      errorRate: number;
      avgProcessingTimeMs: number;
      maxProcessingTimeMs: number;
      avgTokenCount: number;
      cacheHitRate: number;
      memoryTypes: Record<string, number>;
    };

/** The hot conversations of one process; `totalLocks` counts those that a turn or a fold works on, `utilization` is 0 to 1. */
export type ManagerStats = {
  activeMemories: number;
  totalLocks: number;
  maxCapacity: number;
  utilization: number;
};

/** What Redis keeps, by its own measure of memory; zeros when it keeps nothing. 1 MB is 1,048,576 bytes. */
export type StoreStats = {
  totalConversations: number;
  compressedConversations: number;
  totalMemoryMb: number;
  averageMemoryKb: number;
};

/** How a backend answered the last check that wrote, read and deleted; null before the first. */
export type BackendHealth = {
  name: "redis" | "postgresql";
  state: "up" | "down" | "unknown";
  checkedAt: string | null;
  durationMs: number | null;
  /** The error's name. */
  reason: string | null;
};

/** The machine's memory in bytes; available is what a program could still take. */
export type SystemMemory = { totalBytes: number; usedBytes: number; availableBytes: number };

/** A space of the process's heap and how much it has grown since the report before. */
export type HeapGrowth = { space: string; usedBytes: number; growthBytes: number };

/** What a process tells of its memory every half hour. */
export type MemoryReport = {
  at: string;
  processId: string;
  performance: PerformanceStats;
  manager: ManagerStats;
  backends: BackendHealth[];
  systemMemory: SystemMemory;
  /** The five largest, the largest first; empty where nothing grew. */
  heapGrowths: HeapGrowth[];
};

/** What happened in one span of time, for the charts; times of those that went well, null where none did. */
export type MemorySpan = {
  /** When the span begins. */
  at: string;
  operations: number;
  errors: number;
  cacheHitRate: number | null;
  avgProcessingTimeMs: number | null;
  maxProcessingTimeMs: number | null;
};

/** What was folded on one day: tokens of summary and tail, summed over the folds that went well. */
export type FoldedDay = {
  day: string;
  folds: number;
  tokensBefore: number;
  tokensAfter: number;
  failed: number;
};

/** What an admin sees of the memory. Counts and times; no text, no person. */
export type MemoryPanel = {
  strategy: MemoryStrategy;
  /** The newest of the conversations that have a strategy of their own. */
  overrides: StrategyOverride[];
  conversations: number;
  folding: {
    withSummary: number;
    folds: number;
    foldsFailed: number;
    /** Sums over all folds that went well. */
    tokensBefore: number;
    tokensAfter: number;
    messagesFolded: number;
  };
  /** Those of the last thirty days on which anything was folded, oldest first. */
  foldedDays: FoldedDay[];
  /** Conversations kept open in the process that answered. */
  hot: ManagerStats;
  /** At most a minute old; null before the first measurement, and while Redis does not answer. */
  store: StoreStats | null;
  backends: BackendHealth[];
  performance: PerformanceStats;
  /** The kept operations of this process in at most 24 equal spans, oldest first. */
  spans: MemorySpan[];
  /** The newest report, as text. */
  report: { at: string; text: string } | null;
  recent: MemoryMetric[];
  defaults: Record<string, string | number>;
};
