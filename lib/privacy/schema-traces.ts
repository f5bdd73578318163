import { z } from "zod";

/** What the second stage of an erasure looks for. Sealed under a key of that erasure's own, which is destroyed at the end. */
export const Traces = z.object({
  customerId: z.uuid(),
  conversationIds: z.array(z.uuid()),
  /** Their exports', which have keys of their own. */
  keyOwners: z.array(z.uuid()),
  /** Names, addresses, numbers, the hash of their password. */
  values: z.array(z.string()),
  /** A few words in a row out of what they wrote. */
  passages: z.array(z.string()),
  /** The wrapped keys, base64: bytes with which an older key-encryption key would open everything. */
  wrapped: z.array(z.string()),
  /** Values that are too short or too common to be looked for, or did not open. */
  leftOut: z.number().int(),
  /** Where something of them was: data-map entries. */
  stores: z.array(z.string()),
});
export type Traces = z.infer<typeof Traces>;

/** One thing that is looked for. Ids stand in text and as 16 bytes. */
export type Trace = { what: "id" | "conversation" | "value" | "key"; forms: readonly Buffer[] };
