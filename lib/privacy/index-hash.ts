import { createHmac } from "node:crypto";
import { domainToASCII } from "node:url";
import { parsePhoneNumberFromString } from "libphonenumber-js/min";
import { env } from "@/lib/env";
import type { IndexKind } from "./schema";

const normalise: Record<IndexKind, (value: string) => string> = {
  email: (value) => {
    const address = value.normalize("NFKC").trim().toLowerCase();
    const at = address.lastIndexOf("@");
    const domain = address.slice(at + 1);
    return `${address.slice(0, at + 1)}${domainToASCII(domain) || domain}`;
  },
  phone: (value) => {
    const text = value.normalize("NFKC").trim().replace(/^00/, "+");
    return parsePhoneNumberFromString(text)?.number ?? text.replaceAll(/\D/g, "");
  },
  // Exact, but for letter case and gaps: "DE LA  CRUZ, Ana" is not "Ana de la Cruz".
  name: (value) => value.normalize("NFKC").trim().toLowerCase().replaceAll(/\s+/g, " "),
  order: (value) =>
    value
      .normalize("NFKC")
      .toUpperCase()
      .replaceAll(/[^\p{L}\p{N}]/gu, ""),
  // Issuer and subject are opaque to us: every byte counts.
  oidc: (value) => value,
};

/**
 * A keyed hash to look a value up by, 64 hex digits: equal for the spellings of one value ("#ord-12" and "ORD 12").
 * Without PEPPER_INDEX nobody can try values against it.
 */
export function blindIndex(kind: IndexKind, value: string): string {
  return createHmac("sha256", env.PEPPER_INDEX)
    .update(`recollect/1/index/${kind}\0${normalise[kind](value)}`)
    .digest("hex");
}

/** A customer's only name in audit, logs, metrics and receipts: 16 hex digits. A plain hash is reversed by trying ids. */
export function anonymizeUserId(id: string): string {
  return createHmac("sha256", env.PEPPER_PSEUDONYM).update(id).digest("hex").slice(0, 16);
}
