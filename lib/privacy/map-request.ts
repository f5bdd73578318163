import { ownTable } from "./map-entry";
import type { DataMapEntry } from "./schema-map";
import { ownedBy } from "./store-rows";

const DUTY = "legal duty to answer requests (Art. 12 GDPR)";
const UNTIL = "until erasure";

/** What is kept about requests beside the requests themselves. */
export const requestEntries: readonly DataMapEntry[] = [
  ownTable("RequestNote", {
    what: "what staff noted about a request",
    purpose: "answering requests",
    basis: DUTY,
    retention: UNTIL,
  }),
  ownTable(
    "RequestMatch",
    {
      what: "whether another record was found to be the same person's",
      purpose: "answering for the whole person, and for nobody else",
      basis: DUTY,
      retention: UNTIL,
    },
    { owned: ownedBy("RequestMatch", "customer_id", "request_id"), exported: false },
  ),
  ownTable("RequestLink", {
    what: "links that open an answer without an account, as hashes: when they end and were used",
    purpose: "answering somebody without an account, once",
    basis: DUTY,
    retention: UNTIL,
  }),
  ownTable(
    "PersonIndex",
    {
      what: "keyed hashes of names, e-mail addresses and phone numbers",
      purpose: "finding whose request a letter is",
      basis: DUTY,
      retention: UNTIL,
    },
    { owned: ownedBy("PersonIndex", "customer_id", "customer_id"), exported: false },
  ),
];
