import { collectRows } from "./collect";
import type { DataMapEntry } from "./schema-map";
import { countRows, deleteRows, type Owned, ownedBy } from "./store-rows";

type About = Pick<DataMapEntry, "what" | "purpose" | "basis" | "retention"> & {
  recipients?: string[];
};

const WHILE_CUSTOMER = "until erasure, or the tier's days after the last message";
const WHILE_KNOWN = "until erasure, which comes by itself for guests whose days are over";
const WHILE_NEEDED = "until erasure, or until no conversation and no fact of the customer is left";
const FACTS =
  "until forgotten or erased, or the tier's days after it was said, where there are any";
const CONTRACT = "contract: answering the customer (Art. 6(1)(b) GDPR)";
const INTEREST = "legitimate interest (Art. 6(1)(f) GDPR)";
const CONSENT = "consent (Art. 6(1)(a) GDPR)";
export const bases = { CONTRACT, INTEREST, CONSENT };
const EXPORTS = "as many days as the rules say: seven, unless an admin has changed that";
/** By the rules that admins change. */
export const retentions = { WHILE_CUSTOMER, WHILE_KNOWN, WHILE_NEEDED, FACTS, EXPORTS };

/** A table whose rows are the customer's, read for their export and deleted with them. */
export function ownTable(
  model: string,
  about: About,
  options: { owned?: Owned; exported?: boolean } = {},
): DataMapEntry {
  const { owned = ownedBy(model), exported = true } = options;
  return {
    name: model,
    kind: "table",
    covers: [model],
    whose: "customer",
    recipients: [],
    ...about,
    ...(exported ? { collect: (customerId, key) => collectRows(owned, customerId, key) } : {}),
    erase: (customerId, tx) => deleteRows(owned, customerId, tx),
    count: (customerId) => countRows(owned, customerId),
  };
}

/** A place that holds nothing of a customer, or only a pseudonym: nothing is found and nothing removed. */
export function impersonal(
  entry: About & Pick<DataMapEntry, "name" | "kind" | "covers" | "whose">,
): DataMapEntry {
  return {
    recipients: [],
    ...entry,
    erase: () => Promise.resolve(0),
    count: () => Promise.resolve(0),
  };
}
