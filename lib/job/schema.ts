/** Background work that must not be lost. Turns are not among it: the turn row is their queue. */
export const jobNames = [
  "fold",
  "facts",
  "summarize",
  "export",
  "erase",
  "sweep",
  "audit",
  "expire",
  "retain",
  "announce",
  "clear",
  "requestCode",
  "requestNews",
] as const;
export type JobName = (typeof jobNames)[number];

/** Ids only: a job outlives the request, and its row must hold nothing personal. */
export type JobPayloads = {
  fold: { conversationId: string };
  /** The customer has said something that may be worth knowing in their next conversation. */
  facts: { conversationId: string };
  summarize: { conversationId: string };
  export: { requestId: string };
  erase: { requestId: string };
  /** The second stage of an erasure. */
  sweep: { requestId: string };
  audit: Record<string, never>;
  expire: Record<string, never>;
  /** What is kept for as long as the rules say goes. */
  retain: Record<string, never>;
  /** A person has answered, and the customer left an address. */
  announce: { conversationId: string };
  /** A conversation was removed: what is left to do behind it. */
  clear: { conversationId: string; customerId: string };
  /** The code that confirms a request goes to its person's mail. */
  requestCode: { requestId: string };
  /** Something was decided about a request: its person is told where to read it. */
  requestNews: { requestId: string };
};

export type JobHandlers = { [Name in JobName]: (payload: JobPayloads[Name]) => Promise<void> };

/** A job that used up its retries: ids and a code, nothing personal. */
export type FailedJob = {
  id: string;
  name: JobName;
  /** What it concerns: the ids of its payload. */
  ids: string[];
  /** Why its last try failed. */
  code: string;
  tries: number;
  failedAt: string;
};

/** How many jobs wait (now, and later), run, wait for another try, and are dead; and since when the oldest due one waits. */
export type JobQueue = {
  due: number;
  later: number;
  active: number;
  retrying: number;
  failed: number;
  oldestDueAt: string | null;
};
