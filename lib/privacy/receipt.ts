import { createHash } from "node:crypto";
import { newId } from "@/lib/id";
import { canonical } from "./canonical";
import { type SecondBody, SecondPart } from "./schema-receipt";
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
const UNSEARCHED =
  "Raw files had not been searched when this part was signed: bytes that PostgreSQL, its write-ahead log and Redis have freed but not yet overwritten. The second part of this receipt says what was found in them; without it the erasure is not at its end.";
const BY_RULE =
  "Raw files are not searched where a rule of retention ends somebody's time: bytes that PostgreSQL, its write-ahead log and Redis have freed stay until they are overwritten, sealed under the key that was destroyed. There is no second part.";
const NOT_DONE = [
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
    notDone: [facts.reason === "retention_ended" ? BY_RULE : UNSEARCHED, ...NOT_DONE],
  };
  return { body, ...signValue(body) };
}

/** Signs what the second stage has found, bound to the first part. */
export function makeSecond(
  receipt: Receipt,
  facts: Omit<SecondBody, "first" | "receiptId" | "version">,
): SecondPart {
  const body: SecondBody = {
    version: 1,
    receiptId: receipt.body.receiptId,
    first: hashOfFirst(receipt),
    ...facts,
  };
  return { body, ...signValue(body) };
}

function hashOfFirst({ body, keyId, signature }: Receipt): string {
  return createHash("sha256").update(canonical({ body, keyId, signature })).digest("hex");
}

export type ReceiptFault = "first_forged" | "second_forged" | "second_of_another";

/** What is wrong with a receipt, by this installation's key or the given public key (PEM); null when all of it holds. */
export function faultOfReceipt(receipt: Receipt, publicKeyPem?: string): ReceiptFault | null {
  const { second } = receipt;
  if (!verifySigned(receipt.body, receipt, publicKeyPem)) {
    return "first_forged";
  }
  if (!second) {
    return null;
  }
  if (!verifySigned(second.body, second, publicKeyPem)) {
    return "second_forged";
  }
  const isOurs =
    second.body.receiptId === receipt.body.receiptId && second.body.first === hashOfFirst(receipt);
  return isOurs ? null : "second_of_another";
}

/** True when this installation (or the given public key, PEM) signed exactly this receipt, both parts where it has two. */
export function verifyReceipt(receipt: Receipt, publicKeyPem?: string): boolean {
  return faultOfReceipt(receipt, publicKeyPem) === null;
}

/**
 * The receipt of an erasure as it was stored, or null; whether it is genuine says `verifyReceipt`. It holds nothing
 * personal, and its request's id is known to who asked.
 */
export async function findReceipt(requestId: string): Promise<Receipt | null> {
  const row = await findReceiptRow(requestId);
  return row === null ? null : readReceipt(row);
}

const Stored = Receipt.extend({ second: SecondPart.nullable() });

export function readReceipt(row: unknown): Receipt {
  const { second, ...first } = Stored.parse(row);
  return second ? { ...first, second } : first;
}
