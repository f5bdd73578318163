import type { Tx } from "@/lib/storage/schema";
import { LedgerBroken, nextLine, personOf, verifyLines } from "./ledger";
import { appendLine, ledgerCopy, ledgerEnd, ledgerLines } from "./ledger-file";
import type { LedgerEnd, LedgerVerdict, NewFact } from "./schema-ledger";
import type { DataRequestView } from "./schema-request";
import { findReplayed, noteReplayed, withLedger } from "./store-ledger";

/**
 * Writes an erasure into the ledger outside the database, on the disk before it returns: whatever copy of the database
 * is put back later, the person is removed from it before anybody is served. Never begins a second ledger where the
 * database remembers a longer one.
 */
export async function enterLedger(
  customerId: string,
  request: Pick<DataRequestView, "id" | "openedBy" | "reason" | "receivedAt">,
): Promise<LedgerEnd> {
  return await withLedger((tx) =>
    appendEntry(
      {
        at: new Date().toISOString(),
        person: personOf(customerId),
        request: request.id,
        reason: request.reason,
        by: request.openedBy,
        receivedAt: request.receivedAt,
      },
      tx,
    ),
  );
}

/**
 * Appends one fact, within `withLedger`, on the disk before it returns. Where the transaction fails afterwards, this
 * database does not remember the line, and the next replay does what the line says.
 */
export async function appendEntry(fact: NewFact, tx: Tx): Promise<LedgerEnd> {
  const [end, replayed] = [ledgerEnd(), await findReplayed(tx)];
  if (end.line < replayed.line) {
    throw new LedgerBroken("end_cut_off", end.line + 1);
  }
  const { line, text } = nextLine(end, fact);
  appendLine(text);
  const entered = ledgerEnd();
  // What this database has not replayed yet stays so: the line behind it must not hide it.
  if (replayed.line === end.line && replayed.hash === end.hash) {
    await noteReplayed(entered, tx);
  }
  return { ...entered, line: line.line };
}

/** Checks the whole ledger by its hashes and signatures, and against the ends that database and copy remember. */
export async function verifyLedger(): Promise<LedgerVerdict> {
  const verdict = await verifyLines(ledgerLines(), await findReplayed());
  return verdict.ok ? await verifyLines(ledgerLines(), ledgerEnd(ledgerCopy())) : verdict;
}
