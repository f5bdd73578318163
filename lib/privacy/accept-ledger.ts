import { existsSync, renameSync } from "node:fs";
import { audit } from "./audit";
import { BEGINNING, verifyLines } from "./ledger";
import { copyLedger, ledgerCopy, ledgerEnd, ledgerFile, ledgerLines } from "./ledger-file";
import type { LedgerEnd, LedgerVerdict } from "./schema-ledger";
import { dropReplayed, findReplayed, noteReplayed, withLedger } from "./store-ledger";

/** What is left of the erasure ledger, beside what the database knows of it. */
export type LedgerLoss = {
  /** Lines that this database has seen. */
  known: number;
  verdict: LedgerVerdict;
  /** Where a whole copy lies that can be put back instead; null where there is none. */
  copy: string | null;
};

/** Looks at the ledger's file, and at its copy beside the key snapshot. Changes nothing. */
export async function describeLedgerLoss(): Promise<LedgerLoss> {
  const known = await findReplayed();
  const verdict = await verifyLines(ledgerLines(), known);
  const copy = ledgerCopy();
  const isCopyWhole = existsSync(copy) && (await verifyLines(ledgerLines(copy), known)).ok;
  return { known: known.line, verdict, copy: !verdict.ok && isCopyWhole ? copy : null };
}

/** Whoever accepts a loss must have looked for the file: a whole ledger, or a whole copy, is not accepted as lost. */
export class LedgerNotLost extends Error {
  override readonly name = "LedgerNotLost";
}

/**
 * Goes on with what is left of the erasure ledger, for good: an older backup that is put back will show the people of the
 * lost lines again. The lines that still hold stay; what does not hold together is laid aside. Returns how many are lost.
 */
export async function acceptLedgerLoss(): Promise<{ lost: number; kept: number }> {
  return await withLedger(async (tx) => {
    const { known, verdict, copy } = await describeLedgerLoss();
    if (verdict.ok || copy !== null) {
      throw new LedgerNotLost(copy ? `A whole copy lies in ${copy}` : "The ledger is whole");
    }
    const end = keepWhatHolds(verdict.fault === "end_cut_off");
    await (end.line > 0 ? noteReplayed(end, tx) : dropReplayed(tx));
    const lost = Math.max(0, known - end.line);
    await audit(tx, {
      actor: "system",
      action: "ledger_accepted",
      metadata: { count: lost, previous: verdict.fault },
    });
    return { lost, kept: end.line };
  });
}

/** A file that was cut off is a whole ledger of fewer lines; any other is laid aside, with its copy. */
function keepWhatHolds(isPrefix: boolean): LedgerEnd {
  const at = Date.now();
  if (!isPrefix && existsSync(ledgerFile())) {
    renameSync(ledgerFile(), `${ledgerFile()}.broken-${at}`);
  }
  if (existsSync(ledgerCopy())) {
    renameSync(ledgerCopy(), `${ledgerCopy()}.broken-${at}`);
  }
  copyLedger();
  return isPrefix ? ledgerEnd() : BEGINNING;
}
