/** Background work that must not be lost. Turns are not among it: the turn row is their queue. */
export const jobNames = ["fold", "summarize", "export", "erase", "audit", "expire"] as const;
export type JobName = (typeof jobNames)[number];

/** Ids only: a job outlives the request, and its row must hold nothing personal. */
export type JobPayloads = {
  fold: { conversationId: string };
  summarize: { conversationId: string };
  export: { requestId: string };
  erase: { requestId: string };
  audit: Record<string, never>;
  expire: Record<string, never>;
};

export type JobHandlers = { [Name in JobName]: (payload: JobPayloads[Name]) => Promise<void> };
