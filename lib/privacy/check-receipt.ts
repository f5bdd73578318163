import { faultOfReceipt, type ReceiptFault } from "./receipt";
import { Receipt } from "./schema-request";
import { keyIdOfPem } from "./signing";

export type ReceiptVerdict =
  | { ok: true; receipt: Receipt }
  | { ok: false; fault: "not_json" | "not_a_receipt" | "key_unreadable" | ReceiptFault }
  | { ok: false; fault: "another_key"; signedWith: string; given: string };

/** Checks a receipt's file against a key (PEM; of a private key its public half), without any store. */
export function checkReceipt(text: string, keyPem: string): ReceiptVerdict {
  const json = parseJson(text);
  if (json === undefined) {
    return { ok: false, fault: "not_json" };
  }
  const parsed = Receipt.safeParse(json);
  if (!parsed.success) {
    return { ok: false, fault: "not_a_receipt" };
  }
  const given = keyIdOfPem(keyPem);
  if (given === null) {
    return { ok: false, fault: "key_unreadable" };
  }
  const receipt = parsed.data;
  if (receipt.keyId !== given) {
    return { ok: false, fault: "another_key", signedWith: receipt.keyId, given };
  }
  const fault = faultOfReceipt(receipt, keyPem);
  return fault ? { ok: false, fault } : { ok: true, receipt };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
