import type { Controller, StoreKind } from "./schema-map";

/** One processing activity of the record (Art. 30(1) GDPR), from one entry of the data map. */
export type ProcessingActivity = {
  name: string;
  kind: StoreKind;
  /** Whose data. */
  people: "customers" | "staff";
  /** Categories of data. */
  data: string;
  purpose: string;
  basis: string;
  /** By name where they are configured; nobody outside when empty. */
  recipients: string[];
  /** Time limits for erasure. */
  retention: string;
  /** Tables, Redis keys, queues, files or logs. */
  places: string[];
};

export type ProcessingRecord = {
  /** ISO time. */
  madeAt: string;
  controller: Controller;
  /** Everybody outside to whom something goes, by name, and what. */
  recipients: { name: string; what: string }[];
  activities: ProcessingActivity[];
  /** Places that hold nothing of a person. */
  withoutPersons: { name: string; data: string; places: string[] }[];
  /** Technical and organisational measures (Art. 30(1)(g)). */
  measures: string[];
};
