import { env } from "@/lib/env";

/** Every default of the memory in one place; the environment overrides each, and the memory panel shows them all. */
export const policy = {
  strategy: env.MEMORY_STRATEGY,
  /** How many of the newest turns the window shows. */
  windowTurns: env.MEMORY_WINDOW_TURNS,
  /** High-water mark of the raw tail; a fold starts above it and ends at `lowWater` of it. */
  maxTokenLimit: env.MEMORY_MAX_TOKENS,
  lowWater: env.MEMORY_LOW_WATER,
  hardLimitFactor: env.MEMORY_HARD_LIMIT,
  summaryTokensMax: env.MEMORY_SUMMARY_TOKENS,
  ledgerItemsMax: env.MEMORY_LEDGER_MAX,
  /** A backlog is folded in segments of at most this many tokens. */
  optimizerTokensMax: env.MEMORY_OPTIMIZER_TOKENS,
  foldTokensMax: env.MEMORY_FOLD_TOKENS,
  foldMessagesMax: env.MEMORY_FOLD_MESSAGES,
  summariserTimeoutSeconds: env.MEMORY_SUMMARISER_SECONDS,
  ttlHours: env.MEMORY_TTL_HOURS,
  compressAboveBytes: 1024,
  lruConversationsMax: env.MEMORY_LRU_MAX,
  lruSeconds: env.MEMORY_LRU_SECONDS,
  recall: env.MEMORY_RECALL ? 1 : 0,
  rerank: env.MEMORY_RERANK ? 1 : 0,
  recallTokensMax: env.MEMORY_RECALL_TOKENS,
  recallAssistantWeight: env.MEMORY_RECALL_ASSISTANT,
  recallMessagesMax: env.MEMORY_RECALL_MESSAGES,
  recallWaitMs: env.MEMORY_RECALL_WAIT_MS,
  /** Of facts across conversations: their part of a prompt, and what is kept of them. */
  factTokensMax: env.MEMORY_FACT_TOKENS,
  factConfidenceMin: env.MEMORY_FACT_CONFIDENCE,
  factsMax: env.MEMORY_FACTS_MAX,
  factMatterDays: env.MEMORY_FACT_MATTER_DAYS,
  metricsKept: 1000,
  slowAboveMs: 1000,
  warnAboveChars: 3000,
  warnAboveSystemMemoryShare: 0.8,
  healthCheckSeconds: env.MEMORY_HEALTH_SECONDS,
  reportMinutes: env.MEMORY_REPORT_MINUTES,
} as const;

export type MemoryPolicy = typeof policy;

/** LangChain's question whether a raw tail has grown too long, by tokens or by messages. */
export function shouldSummarize(tokens: number, messages: number): boolean {
  return tokens > policy.foldTokensMax || messages > policy.foldMessagesMax;
}

/** The tokens that memory may take of a prompt. */
export function hardLimitTokens(): number {
  return Math.floor(policy.maxTokenLimit * policy.hardLimitFactor);
}

/** What is kept of facts across conversations, and their part of a prompt: never more than a fifth of it. */
export function factPolicy() {
  return {
    tokensMax: Math.min(policy.factTokensMax, Math.floor(hardLimitTokens() / 5)),
    confidenceMin: policy.factConfidenceMin,
    factsMax: policy.factsMax,
    matterDays: policy.factMatterDays,
  };
}
