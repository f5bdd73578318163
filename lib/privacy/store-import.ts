import { db, isUniqueViolation, Prisma, transact } from "@/lib/storage";
import type { Tx } from "@/lib/storage/schema";
import { ImportRefused } from "./read-zip";
import type { RawRow } from "./store-rows";

/** Which of these customers, or of the accounts with this blind index, is here already. */
export async function isKnownHere(customerId: string, emailIndex: string | null): Promise<boolean> {
  const [row] = await db().$queryRaw<{ known: boolean }[]>`
    SELECT EXISTS (SELECT 1 FROM "Customer" WHERE id = ${customerId}::uuid
      OR email_index = ${emailIndex}) AS known`;
  return row?.known === true;
}

/** Inserts rows under their columns' names; bytes are given as text that PostgreSQL reads ("\x…"). */
export async function insertRows(table: string, rows: readonly RawRow[], tx: Tx): Promise<void> {
  const columns = Object.keys(rows[0] ?? {});
  if (columns.length === 0) {
    return;
  }
  // Table and columns are names that the database itself has told, never input.
  const names = Prisma.raw(columns.map((column) => `"${column}"`).join(", "));
  const name = Prisma.raw(`"${table}"`);
  await db(tx).$executeRaw`
    INSERT INTO ${name} (${names}) SELECT ${names}
    FROM jsonb_populate_recordset(null::${name}, ${JSON.stringify(rows)}::jsonb)`;
}

/**
 * Ends what was under way where the export was made: nobody answers an old turn or carries out an old proposal here, and
 * a conversation that a colleague had there waits for one of ours. What was said is not read for facts once more.
 */
export async function settleImported(customerId: string, tx: Tx): Promise<void> {
  await db(tx).$executeRaw`
    UPDATE "Turn" SET state = 'interrupted', checkpoint_sealed = NULL
    WHERE customer_id = ${customerId}::uuid AND state IN ('pending', 'running')`;
  await db(tx).$executeRaw`
    UPDATE "Proposal" SET state = 'expired'
    WHERE customer_id = ${customerId}::uuid AND state IN ('proposed', 'confirmed', 'executing')`;
  await db(tx).$executeRaw`
    UPDATE "Conversation" SET owner = 'NONE', status = 'waiting',
      waiting_since = coalesce(waiting_since, last_message_at), asked_at = coalesce(asked_at, last_message_at)
    WHERE customer_id = ${customerId}::uuid AND owner = 'HUMAN'`;
  await db(tx).$executeRaw`
    INSERT INTO "FactReading" (conversation_id, customer_id, through, version)
    SELECT id, customer_id, last_seq, 1 FROM "Conversation" WHERE customer_id = ${customerId}::uuid`;
}

const IMPORT_MS = 3_600_000;

/** Everything or nothing, however long it takes. */
export async function importInOne<T>(run: (tx: Tx) => Promise<T>): Promise<T> {
  try {
    return await transact(run, { timeoutMs: IMPORT_MS });
  } catch (error) {
    if (isUniqueViolation(error)) {
      throw new ImportRefused(
        "Something of this export is here already, such as an order of the same number. Import it into an empty installation.",
        { cause: error },
      );
    }
    throw error;
  }
}
