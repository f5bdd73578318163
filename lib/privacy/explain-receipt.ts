import type { ReceiptVerdict } from "./check-receipt";

const faults: Record<Exclude<(ReceiptVerdict & { ok: false })["fault"], "another_key">, string> = {
  not_json: "The file is not JSON: take the receipt as it was downloaded.",
  not_a_receipt: "The file is no receipt of an erasure, or a part of it is missing.",
  key_unreadable: "The key is no Ed25519 key in PEM form.",
  first_forged:
    "The first part was changed after it was signed, or its signature was: it proves nothing.",
  second_forged:
    "The second part was changed after it was signed, or its signature was. The first part is genuine: the erasure's first stage took place as it says.",
  second_of_another:
    "The second part is genuine but belongs to another receipt. The first part is genuine: the erasure's first stage took place as it says.",
};

/** What the check of a receipt has shown, in words. */
export function explainReceipt(verdict: ReceiptVerdict): string {
  if (!verdict.ok) {
    const why =
      verdict.fault === "another_key"
        ? `It was signed with key ${verdict.signedWith}, and the given key is ${verdict.given}: it comes from another installation, or from an older key.`
        : faults[verdict.fault];
    return `NOT VERIFIED  ${why}`;
  }
  const { body, second, keyId } = verdict.receipt;
  const found = body.stores.reduce((sum, store) => sum + store.found, 0);
  const left = body.stores.reduce((sum, store) => sum + store.left, 0);
  return [
    `VERIFIED  Receipt ${body.receiptId}, signed with key ${keyId}: nothing in it was changed.`,
    `  Person ${body.user}: key destroyed ${body.keyDestroyedAt}, ${found} rows, keys and files removed from ${body.stores.length} stores, ${left} left when searched at ${body.scannedAt}.`,
    ...body.stays.map(({ item, basis, until }) => `  Stays until ${until}: ${item} (${basis}).`),
    ...secondLines(second),
  ].join("\n");
}

function secondLines(second: (ReceiptVerdict & { ok: true })["receipt"]["second"]): string[] {
  if (!second) {
    return [
      "  There is no second part yet: raw files had not been searched when this was downloaded.",
    ];
  }
  const { places, searchedAt, notDone } = second.body;
  return [
    `  Second part, genuine: searched at ${searchedAt}.`,
    ...places.map(({ name, looked, items, hits }) =>
      looked ? `    ${name}: ${hits} found (${items} searched)` : `    ${name}: not looked at`,
    ),
    ...notDone.map((line) => `  Not done: ${line}`),
  ];
}
