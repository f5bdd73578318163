import { z } from "zod";
import { LedgerEnd } from "./schema-ledger";

/** A table as a backup holds it. */
export const TableShape = z.object({ name: z.string(), columns: z.array(z.string()).min(1) });
export type TableShape = z.infer<typeof TableShape>;

/** What a backup says first. */
export const BackupStart = z.object({
  kind: z.literal("start"),
  format: z.literal("recollect-backup"),
  version: z.literal(1),
  createdAt: z.iso.datetime(),
  /** The migrations that had led to the database. */
  migrations: z.array(z.string()),
});
export type BackupStart = z.infer<typeof BackupStart>;

const Sum = { bytes: z.number().int().nonnegative(), sha256: z.string() };
const TableSum = z.object({ name: z.string(), rows: z.number().int().nonnegative(), ...Sum });
const FileSum = z.object({ path: z.string(), ...Sum });
export type TableSum = z.infer<typeof TableSum>;
export type FileSum = z.infer<typeof FileSum>;

/** What a backup says last: everything that came before it, counted. */
export const BackupEnd = z.object({
  kind: z.literal("end"),
  tables: z.array(TableSum),
  files: z.array(FileSum),
  /** Where the erasure ledger ended. */
  ledger: LedgerEnd,
});
export type BackupEnd = z.infer<typeof BackupEnd>;

export const BackupSection = z.discriminatedUnion("kind", [
  BackupStart,
  z.object({ kind: z.literal("file"), path: z.string() }),
  z.object({ kind: z.literal("table"), ...TableShape.shape }),
  BackupEnd,
]);
export type BackupSection = z.infer<typeof BackupSection>;
