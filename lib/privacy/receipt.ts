import { newId } from "@/lib/id";
import { Receipt, type ReceiptBody } from "./schema-request";
import { signValue, verifySigned } from "./signing";
import { findReceiptRow } from "./store-erase";

const DONE = [
  "Reading was closed: sessions ended, and the key's epoch changed before anything was removed.",
  "A line was written into the erasure ledger outside the database: a copy of the database that is put back later is compared with it before anybody is served, and the person is removed from it again.",
  "The person's key was destroyed, in the database and in the newest key snapshot. What was sealed under it cannot be opened with what this installation holds.",
  "Rows, Redis keys, waiting jobs and export files of the person were removed from every store listed.",
  "Each store was searched again by the owner's id.",
];
const NOT_DONE = [
  "Raw files were not searched: bytes that PostgreSQL, its write-ahead log, Redis and the file system have freed but not yet overwritten.",
  "Backups were not touched. They hold no keys: what an older backup holds of the person opens only together with an older copy of the key snapshot and the key-encryption key of that time, which the next rotation destroys.",
];

type Facts = Omit<ReceiptBody, "done" | "notDone" | "receiptId" | "version">;

/** Makes and signs a receipt: what was done, what stays, and what was not done. */
export function makeReceipt(facts: Facts): Receipt {
  const body: ReceiptBody = {
    version: 1,
    receiptId: newId(),
    ...facts,
    done: DONE,
    notDone: NOT_DONE,
  };
  return { body, ...signValue(body) };
}

/** True when this installation (or the given public key, PEM) signed exactly this receipt. */
export function verifyReceipt(receipt: Receipt, publicKeyPem?: string): boolean {
  return verifySigned(receipt.body, receipt, publicKeyPem);
}

/**
 * The receipt of an erasure as it was stored, or null; whether it is genuine says `verifyReceipt`. It holds nothing
 * personal, and its request's id is known to who asked.
 */
export async function findReceipt(requestId: string): Promise<Receipt | null> {
  const row = await findReceiptRow(requestId);
  return row === null ? null : readReceipt(row);
}

export function readReceipt(row: unknown): Receipt {
  return Receipt.parse(row);
}
