import type { Tx } from "@/lib/storage/schema";
import type { SubjectKey } from "./schema";

export type StoreKind = "table" | "redis" | "file" | "queue" | "log";

/** What of a person stays after an erasure, and by what right. Times are ISO days. */
export type Retained = { item: string; basis: string; until: string };

/** What an erasure noted while the rows were still there: later steps, and a resumed run, need it. */
export type ErasurePlan = { conversationIds: string[] };

/**
 * One place where something of people may lie: what, whose, why, for how long, and how to read, count and remove it.
 * Every Prisma model, Redis prefix, queue, file path and log is in exactly one entry; a test compares.
 */
export type DataMapEntry = {
  name: string;
  kind: StoreKind;
  /** Prisma models, Redis prefixes, queues, paths or logs that this entry speaks for. */
  covers: readonly string[];
  whose: "customer" | "staff" | "nobody";
  what: string;
  purpose: string;
  basis: string;
  retention: string;
  recipients: string[];
  /** The person's own data, opened and restored, for their export. */
  collect?(customerId: string, key: SubjectKey): AsyncIterable<unknown>;
  /** Removes (or, for retained records, unties) what is the customer's. Doing it twice does no more. */
  erase(customerId: string, tx?: Tx, plan?: ErasurePlan): Promise<number>;
  /** How much of the customer is found here by its owner's id. */
  count(customerId: string, plan?: ErasurePlan): Promise<number>;
  /** What stays after erase, each with basis and end. */
  stays?(customerId: string): Promise<Retained[]>;
};

/** Who is responsible for the data, and where they are reached; null where nothing is configured. */
export type Controller = { name: string; contact: string | null };
