import type { LedgerItem } from "@/lib/memory/schema";
import { PlaceholderKind } from "@/lib/privacy/schema";

/** A remembered value as the page shows it. */
export type ShownValue = {
  kind: LedgerItem["kind"];
  stored: string;
  value: string;
  sources: readonly {
    messageId: string;
    role: string;
    text: string | null;
    createdAt: string;
  }[];
};

/** How many messages were forgotten. */
export type ForgetCount = { messages: number };

const kindNames: Record<Exclude<LedgerItem["kind"], "placeholder">, string> = {
  name: "Name",
  order: "Order",
  amount: "Amount",
  date: "Date",
};

const placeholderNames: Record<PlaceholderKind, string> = {
  EMAIL: "E-mail",
  PHONE: "Phone",
  IBAN: "Bank account",
  SSN: "National number",
  IP: "IP address",
  PERSON: "Name",
  ADDRESS: "Address",
};

/** What kind of value it is, in a word. */
export function nameOfKind({ kind, stored }: Pick<ShownValue, "kind" | "stored">): string {
  if (kind !== "placeholder") {
    return kindNames[kind];
  }
  const known = PlaceholderKind.safeParse(/^\[([A-Z]+)_/.exec(stored)?.[1]);
  return known.success ? placeholderNames[known.data] : "Personal value";
}
