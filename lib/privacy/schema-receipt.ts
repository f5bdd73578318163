import { z } from "zod";

const Count = z.number().int().nonnegative();

/** One place that the second stage of an erasure went through. */
export const SearchedPlace = z.object({
  name: z.string(),
  /** False: it could not be looked at, and `notDone` says why. */
  looked: z.boolean(),
  /** Tables, keys or files. */
  items: Count,
  bytes: Count,
  hits: Count,
});
export type SearchedPlace = z.infer<typeof SearchedPlace>;

/** The signed content of a receipt's second part: what was searched after everything was removed, and what was found. */
export const SecondBody = z.object({
  version: z.literal(1),
  receiptId: z.uuid(),
  /** SHA-256 of the canonical first part with its signature. */
  first: z.string(),
  sweptAt: z.iso.datetime(),
  searchedAt: z.iso.datetime(),
  lookedFor: z.object({
    values: Count,
    passages: Count,
    ids: Count,
    wrappedKeys: Count,
    /** Too short or too common to be told from chance. */
    leftOut: Count,
    encodings: z.array(z.string()),
  }),
  places: z.array(SearchedPlace),
  done: z.array(z.string()),
  notDone: z.array(z.string()),
  /** What ends later, and when: days, or who decides. */
  later: z.array(z.object({ where: z.string(), what: z.string(), until: z.string() })),
});
export type SecondBody = z.infer<typeof SecondBody>;

export const SecondPart = z.object({ body: SecondBody, keyId: z.string(), signature: z.string() });
export type SecondPart = z.infer<typeof SecondPart>;
