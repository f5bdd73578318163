import { z } from "zod";

/** up: it works. down: it does not. partly: from some processes it does. off: not set up. unknown: not tried yet. */
export const PartState = z.enum(["up", "partly", "down", "off", "unknown"]);
export type PartState = z.infer<typeof PartState>;

/** What one process says of the parts it stands on, by name: "redis", "model: gpt-4.1-mini", "mail". */
export const Parts = z.record(z.string(), PartState);
export type Parts = z.infer<typeof Parts>;

/** A part as all living processes together see it. `since` outlives restarts. */
export type Standing = { part: string; state: PartState; since: string };

export const Disk = z.object({ freeBytes: z.number(), totalBytes: z.number() });
export type Disk = z.infer<typeof Disk>;

/** What a process tells of itself every five seconds. */
export const Sight = z.object({ parts: Parts, disk: Disk.nullable() });
export type Sight = z.infer<typeof Sight>;

export type ProcessView = {
  id: string;
  kind: "web" | "worker";
  build: string;
  /** It works jobs. */
  jobs: boolean;
  startedAt: string;
  seenAt: string;
  /** It has spoken within the last 15 seconds. */
  alive: boolean;
};

/** Turns that wait for a process, and those that one works on. */
export type TurnQueue = {
  pending: number;
  running: number;
  oldestPendingAt: string | null;
};

/** What the status page shows beside the queue of jobs. */
export type Status = {
  standings: Standing[];
  processes: ProcessView[];
  /** The builds that run; more than one means that a restart is not finished. */
  builds: string[];
  turns: TurnQueue;
  /** The fullest disk that a living process writes to. */
  disk: Disk | null;
  postgres: { version: string; bytes: number };
};

/** What GET /api/ready answers, as far as a page reads it. Without PostgreSQL the setting is not known. */
export const Ready = z.object({ parts: Parts, answersOn: z.boolean().default(true) });
