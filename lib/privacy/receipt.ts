import { newId } from "@/lib/id";
import { Receipt, type ReceiptBody } from "./schema-request";
import { signValue, verifySigned } from "./signing";
import { findReceiptRow } from "./store-erase";

const DONE = [
  "Reading was closed: sessions ended, and the key's epoch changed before anything was removed.",
  "The person's key was destroyed. What was sealed under it cannot be opened with what this database holds.",
  "Rows, Redis keys, waiting jobs and export files of the person were removed from every store listed.",
  "Each store was searched again by the owner's id.",
];
const NOT_DONE = [
  "Raw files were not searched: bytes that PostgreSQL, its write-ahead log and Redis have freed but not yet overwritten.",
  "Backups were not touched. What an older backup holds of the person opens only together with a copy of the key table of that time and the keyring.",
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
